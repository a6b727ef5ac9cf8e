import { useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { SelectField } from '@/components/ui/select-field';
import { field, useAppForm } from '@/lib/form';
import { roleLabel } from '@/lib/roles';
import { useMe } from '@/lib/session';
import { showToast } from '@/lib/toast';
import { useOfferOwnership, type Member } from '../api';
import { t } from '../t';
import classes from './staff.module.css';

const FORMER_ROLES = ['doctor', 'nurse', 'receptionist', 'privacy_officer', 'auditor'] as const;
type FormerRole = (typeof FORMER_ROLES)[number];

interface TransferValues extends Record<string, unknown> {
  former_role: string;
}

/** Offers the clinic to somebody; she decides in her own account. */
export function TransferDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const id = useId();
  const offer = useOfferOwnership();
  const { user } = useMe();
  const form = useAppForm<TransferValues>({
    schema: () => ({}),
    initialValues: { former_role: user.license_number === undefined ? 'receptionist' : 'doctor' },
  });
  const submit = async ({ former_role }: TransferValues) => {
    await offer.mutateAsync({ member, former_role: former_role as FormerRole });
    showToast({ tone: 'success', message: t('transfer.done') });
    onClose();
  };
  const footer = (
    <FormFooter form={id} submit={t('transfer.submit')} loading={offer.isPending} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={t('transfer.title', { name: member.full_name })} footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t('transfer.text')}</p>
        <SelectField
          label={t('transfer.role')}
          placeholder={null}
          options={FORMER_ROLES.map((value) => ({ value, label: roleLabel(value) }))}
          {...field(form, 'former_role')}
        />
      </Form>
    </Dialog>
  );
}
