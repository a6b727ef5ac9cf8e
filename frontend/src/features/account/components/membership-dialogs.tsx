import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { SelectField } from '@/components/ui/select-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { field, useAppForm } from '@/lib/form';
import { useCan } from '@/lib/permissions';
import { roleLabel } from '@/lib/roles';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { showToast } from '@/lib/toast';
import { letterQuery } from '../api';
import { useAcceptOwnership, useLeaveClinic, writersQuery } from '../membership-api';
import { t } from '../t';
import classes from './account.module.css';
import type { Offer } from './dialogs';

interface LeaveValues extends Record<string, unknown> {
  handover_to: string;
}

/** Leaves the clinic; who has drafts says who goes on with them. */
export function LeaveDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const can = useCan();
  const clinic = useMe().clinic.name;
  const leave = useLeaveClinic();
  const mayHaveDrafts = can('consultation:write');
  const writers = useQuery({ ...writersQuery, enabled: mayHaveDrafts }).data ?? [];
  const form = useAppForm<LeaveValues>({ schema: () => ({}), initialValues: { handover_to: '' } });
  const submit = async ({ handover_to }: LeaveValues) => {
    await leave.mutateAsync(handover_to);
  };
  const footer = (
    <FormFooter
      form={id}
      variant="danger"
      submit={t('membership.leave')}
      loading={leave.isPending}
      onCancel={onClose}
    />
  );
  return (
    <Dialog opened onClose={onClose} title={t('membership.leaveTitle', { clinic })} size="s" footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{t('membership.leaveText')}</p>
        {mayHaveDrafts && (
          <SelectField
            label={t('membership.handover')}
            hint={t('membership.handoverHint')}
            placeholder={t('membership.nobody')}
            options={writers.map(({ id: value, full_name: label }) => ({ value, label }))}
            {...field(form, 'handover_to')}
          />
        )}
      </Form>
    </Dialog>
  );
}

/** Takes the clinic that somebody offers. */
export function AcceptDialog({ offer, onClose }: { offer: Offer; onClose: () => void }) {
  const clinic = useMe().clinic.name;
  const accept = useAcceptOwnership();
  const confirm = async () => {
    await accept.mutateAsync();
    showToast({ tone: 'success', message: t('membership.acceptedOffer') });
    onClose();
  };
  return (
    <ConfirmDialog
      title={t('membership.acceptTitle')}
      confirm={t('membership.accept')}
      loading={accept.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={classes.text}>
        {t('membership.acceptText', { clinic, name: offer.from.full_name, role: roleLabel(offer.former_role) })}
      </p>
    </ConfirmDialog>
  );
}

/** The letter of confidentiality, to be read again. */
export function LetterDialog({ onClose }: { onClose: () => void }) {
  const letter = useQuery(letterQuery);
  const lines = (letter.data?.text ?? '').split('\n').filter((line) => line.trim() !== '');
  const footer = <Button onClick={onClose}>{common('actions.close')}</Button>;
  return (
    <Dialog opened onClose={onClose} title={t('letter.title')} footer={footer}>
      {letter.isPending && <SkeletonRows />}
      {letter.isError && <ErrorState level={3} error={letter.error} onRetry={() => void letter.refetch()} />}
      <div className={classes.letter}>
        {lines.map((line, index) => (
          <p key={`${String(index)} ${line}`}>{line}</p>
        ))}
      </div>
    </Dialog>
  );
}
