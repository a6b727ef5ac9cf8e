import { ReasonDialog } from '@/components/clinical/reason-dialog';
import type { Alert, Item } from '../content';
import { judgeReason, LONGEST_REASON } from '../reason';
import { t } from '../t';

interface AnywayDialogProps {
  alert: Alert;
  item: Item | undefined;
  onReason: (reason: string) => void;
  onClose: () => void;
}

/** Asks why a medicine is indicated in spite of an alert. */
export function AnywayDialog({ alert, item, onReason, onClose }: AnywayDialogProps) {
  const name = item?.generic_name.toLocaleLowerCase('es-MX') ?? '';
  return (
    <ReasonDialog
      title={t('reason.title', { name })}
      text={alert.message}
      label={t('reason.label')}
      hint={t('reason.hint')}
      submit={t('reason.submit')}
      longest={LONGEST_REASON}
      judge={judgeReason}
      initial={alert.acknowledged?.reason ?? ''}
      onReason={(reason) => {
        onReason(reason);
        return Promise.resolve();
      }}
      onClose={onClose}
    />
  );
}
