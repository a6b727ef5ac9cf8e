import { Button } from '@/components/ui/button';
import { withReason, type Alert } from '../content';
import { t } from '../t';
import classes from './alerts.module.css';
import { useReceta } from './use-receta';

/** The rules that hold for an item, in words, and the reasons that were given. */
export function ItemNotes({ alerts }: { alerts: readonly Alert[] }) {
  const { draft } = useReceta();
  const told = alerts.filter(({ requires, kind, acknowledged }) => requires === 'none' || kind === 'incomplete' || acknowledged);
  if (told.length === 0) return null;
  return (
    <ul className={classes.notes}>
      {told.map((alert) => (
        <li key={alert.id}>
          {alert.message}
          {alert.acknowledged && (
            <div className={classes.reason}>
              {t('alerts.reason', { reason: alert.acknowledged.reason })}
              <Button
                size="s"
                variant="ghost"
                onClick={() => {
                  draft.change((content) => withReason(content, alert.id, ''));
                  void draft.flush();
                }}
              >
                {t('alerts.takeBack')}
              </Button>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
