import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import type { Office } from '@/lib/api/types';
import { useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { showToast } from '@/lib/toast';
import { useSaveOffice } from '../api';
import { officeSchema, toOfficeInput, toOfficeValues, type OfficeValues } from '../schema';
import { t } from '../t';
import classes from './clinic-form.module.css';
import { OfficeFields } from './fields';

interface OfficeDialogProps {
  /** Left out, a new office is added. */
  office?: Office | undefined;
  onClose: () => void;
}

/** Adds or changes one office. */
export function OfficeDialog({ office, onClose }: OfficeDialogProps) {
  const save = useSaveOffice();
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<OfficeValues>({ schema: officeSchema, initialValues: toOfficeValues(office) });
  const submit = async (values: OfficeValues) => {
    try {
      await save.mutateAsync({ office, body: toOfficeInput(values), key });
    } finally {
      renew();
    }
    showToast({ tone: 'success', message: t('offices.saved') });
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={office ? t('offices.editTitle') : t('offices.addTitle')}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <OfficeFields form={form} />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={save.isPending}>
            {t('offices.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
