import { IconAlertCircle, IconAlertTriangle, IconRepeat, IconReplace, IconTrash } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { changed, withItem, type Alert, type Item } from '../content';
import { t } from '../t';
import classes from './alerts.module.css';
import { focusItem } from './focus-item';
import { useReceta } from './use-receta';

/** «Alergia registrada: penicilina (anafilaxia, 2009).» in bold, the rest of the message after it. */
function Message({ text }: { text: string }) {
  const end = text.indexOf('. ');
  if (end < 0) return <p>{text}</p>;
  return (
    <p>
      <strong>{text.slice(0, end + 1)}</strong>
      {text.slice(end + 1)}
    </p>
  );
}

/** What other medicines may not warn of. */
const ALLERGIES: ReadonlySet<Alert['kind']> = new Set(['allergy', 'allergy_class', 'cross_reactivity']);

function nameOf(item: Item): string {
  return item.generic_name.toLocaleLowerCase('es-MX');
}

function Acts({ alert, item }: { alert: Alert; item: Item }) {
  const { draft, askReason, seeAlternatives, replace, remove } = useReceta();
  const course = alert.course_id;
  const name = nameOf(item);
  const isAllergy = ALLERGIES.has(alert.kind);
  return (
    <div className={classes.acts}>
      {alert.kind === 'in_force' && course !== undefined && (
        <Button
          size="s"
          icon={<IconRepeat stroke={1.7} aria-hidden />}
          onClick={() => {
            draft.change((content) => withItem(content, item.id, (one) => changed(one, { replaces_course_id: course })));
            void draft.flush();
          }}
        >
          {t('alerts.replaceFormer')}
        </Button>
      )}
      {isAllergy && (
        <Button
          size="s"
          onClick={() => {
            seeAlternatives(item.id);
          }}
        >
          {t('alerts.alternatives')}
        </Button>
      )}
      {!isAllergy && alert.kind !== 'in_force' && alert.requires === 'acknowledgement' && (
        <Button
          size="s"
          icon={<IconReplace stroke={1.7} aria-hidden />}
          onClick={() => {
            replace(item.id);
          }}
        >
          {t('alerts.replace', { name })}
        </Button>
      )}
      {alert.requires === 'change' && (
        <Button
          size="s"
          onClick={() => {
            focusItem(item.id, alert.kind);
          }}
        >
          {t('alerts.go')}
        </Button>
      )}
      <Button
        size="s"
        variant="danger-text"
        icon={<IconTrash stroke={1.7} aria-hidden />}
        onClick={() => {
          remove(item.id);
        }}
      >
        {t('alerts.remove', { name })}
      </Button>
      {alert.requires === 'acknowledgement' && (
        <Button
          size="s"
          variant="ghost"
          onClick={() => {
            askReason(alert.id);
          }}
        >
          {t('alerts.anyway')}
        </Button>
      )}
    </div>
  );
}

/** An alert that signing waits for, and the ways to answer it. */
export function AlertBanner({ alert, item }: { alert: Alert; item: Item | undefined }) {
  const Icon = alert.severity === 'high' ? IconAlertCircle : IconAlertTriangle;
  return (
    <div className={classes.banner} data-severity={alert.severity} id={`alerta-${alert.id}`} tabIndex={-1}>
      <Icon size={20} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <Message text={alert.message} />
        {item && <Acts alert={alert} item={item} />}
      </div>
    </div>
  );
}
