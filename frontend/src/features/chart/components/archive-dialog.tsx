import * as z from 'zod/mini';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { patientName } from '@/lib/format';
import { t as common } from '@/lib/t';
import { requiredText } from '@/lib/validation';
import type { Banner } from '../api';
import { t } from '../t';
import classes from './archive-dialog.module.css';
import { useArchiving } from './use-archiving';

const LONGEST_REASON = 500;

const schema = z.object({ reason: requiredText(LONGEST_REASON) });

/** Puts a record away for a reason; it can be undone. */
export function ArchiveDialog({ banner, onClose }: { banner: Banner; onClose: () => void }) {
  const { archive, isArchiving } = useArchiving(banner.id);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<{ reason: string }>({ schema, initialValues: { reason: '' } });
  const submit = async ({ reason }: { reason: string }) => {
    try {
      await archive(reason.trim(), key);
    } catch (error) {
      renew();
      throw error;
    }
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={t('archive.title')}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <p>{t('archive.text', { name: patientName(banner) })}</p>
        <TextAreaField
          label={t('archive.reason')}
          hint={t('archive.reasonHint')}
          maxLength={LONGEST_REASON}
          data-autofocus
          {...field(form, 'reason')}
        />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={isArchiving}>
            {t('archive.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
