import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import type { Alert, Item } from '../content';
import { t } from '../t';
import classes from './dialogs.module.css';

const LONGEST_REASON = 500;
const SHORTEST_LETTERS = 3;

/** A reason that somebody else must be able to read: three letters or more. */
export function checkReason({ reason }: { reason: string }): Record<string, string> {
  const letters = reason.match(/\p{L}/gu)?.length ?? 0;
  return letters < SHORTEST_LETTERS ? { reason: t('reason.short') } : {};
}

interface ReasonDialogProps {
  alert: Alert;
  item: Item | undefined;
  onReason: (reason: string) => void;
  onClose: () => void;
}

/** Asks why a medicine is indicated in spite of an alert. */
export function ReasonDialog({ alert, item, onReason, onClose }: ReasonDialogProps) {
  const form = useAppForm<{ reason: string }>({
    schema: checkReason,
    initialValues: { reason: alert.acknowledged?.reason ?? '' },
  });
  const name = item?.generic_name.toLocaleLowerCase('es-MX') ?? '';
  return (
    <Dialog opened onClose={onClose} title={t('reason.title', { name })}>
      <Form
        form={form}
        className={classes.form}
        onSubmit={({ reason }) => {
          onReason(reason.trim());
          return Promise.resolve();
        }}
      >
        <p>{alert.message}</p>
        <TextAreaField
          label={t('reason.label')}
          hint={t('reason.hint')}
          maxLength={LONGEST_REASON}
          data-autofocus
          {...field(form, 'reason')}
        />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary">
            {t('reason.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
