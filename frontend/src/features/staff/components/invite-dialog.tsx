import { useId, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { roleText } from '@/lib/role-texts';
import { roleLabel, ROLES, type Role } from '@/lib/roles';
import { useInvite, type Invited } from '../api';
import { invitationSchema, type InvitationValues } from '../schema';
import { t } from '../t';
import { InvitedDialog } from './invited-dialog';
import classes from './staff.module.css';

const OPTIONS = ROLES.map((value) => ({ value, label: roleLabel(value) }));

interface InviteFormProps {
  onInvited: (invited: Invited) => void;
  onClose: () => void;
}

function InviteForm({ onInvited, onClose }: InviteFormProps) {
  const id = useId();
  const invite = useInvite();
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<InvitationValues>({
    schema: invitationSchema,
    initialValues: { email: '', full_name: '', role: '' },
  });
  const submit = async ({ email, full_name, role }: InvitationValues) => {
    try {
      const body = { email: email.trim(), full_name: full_name.trim(), role: role as Role };
      onInvited(await invite.mutateAsync({ body, key }));
    } finally {
      renew();
    }
  };
  const { role } = form.values;
  const hint = role === '' ? undefined : roleText(role as Role);
  const footer = (
    <FormFooter form={id} submit={t('inviting.submit')} loading={invite.isPending} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={t('inviting.title')} footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <TextField
          label={t('inviting.email')}
          hint={t('inviting.emailHint')}
          type="email"
          inputMode="email"
          autoCapitalize="none"
          autoComplete="off"
          data-autofocus
          {...field(form, 'email')}
        />
        <TextField label={t('inviting.name')} autoComplete="off" {...field(form, 'full_name')} />
        <SelectField label={t('inviting.role')} options={OPTIONS} hint={hint} {...field(form, 'role')} />
      </Form>
    </Dialog>
  );
}

/** Invites somebody by mail, and then shows the link once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [invited, setInvited] = useState<Invited>();
  if (invited) return <InvitedDialog invited={invited} onClose={onClose} />;
  return <InviteForm onInvited={setInvited} onClose={onClose} />;
}
