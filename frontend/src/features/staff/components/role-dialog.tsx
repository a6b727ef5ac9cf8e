import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { SelectField } from '@/components/ui/select-field';
import { field, useAppForm } from '@/lib/form';
import { permissionTableQuery } from '@/lib/permission-table';
import { roleLabel, ROLES, type Role } from '@/lib/roles';
import { showToast } from '@/lib/toast';
import { useChangeRole, type Member } from '../api';
import { compareRoles, writesNotes } from '../changes';
import { t } from '../t';
import { HandoverField } from './handover-field';
import classes from './staff.module.css';

interface RoleValues extends Record<string, unknown> {
  role: string;
  handover_to: string;
}

function Acts({ title, acts }: { title: string; acts: readonly string[] }) {
  if (acts.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <ul>
        {acts.map((act) => (
          <li key={act}>{act}</li>
        ))}
      </ul>
    </div>
  );
}

/** What the change gives and takes. */
function Changes({ member, role }: { member: Member; role: Role }) {
  const table = useQuery(permissionTableQuery).data;
  if (!table || role === member.role) return null;
  const { gains, loses } = compareRoles(table, member.role, role, member.prescribes);
  return (
    <div className={classes.changes} aria-live="polite">
      <Acts title={t('changing.gains')} acts={gains} />
      <Acts title={t('changing.loses')} acts={loses} />
    </div>
  );
}

/** Changes what somebody is in the clinic, and says beforehand what that gives and takes. */
export function RoleDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const id = useId();
  const change = useChangeRole();
  const name = member.full_name;
  const form = useAppForm<RoleValues>({
    schema: ({ role }): Record<string, string> => (role === member.role ? { role: t('changing.same') } : {}),
    initialValues: { role: member.role, handover_to: '' },
  });
  const role = form.values.role as Role;
  const stopsWriting = writesNotes(member.role, member.prescribes) && !writesNotes(role, member.prescribes);
  const submit = async ({ handover_to }: RoleValues) => {
    await change.mutateAsync({ member, role, handover_to: stopsWriting ? handover_to : undefined });
    showToast({ tone: 'success', message: t('changing.done', { name, role: roleLabel(role) }) });
    onClose();
  };
  const footer = (
    <FormFooter form={id} submit={t('changing.submit')} loading={change.isPending} onCancel={onClose} />
  );
  return (
    <Dialog opened onClose={onClose} title={t('changing.title', { name })} footer={footer}>
      <Form id={id} form={form} onSubmit={submit} className={classes.form}>
        <SelectField
          label={t('changing.role')}
          placeholder={null}
          options={ROLES.map((value) => ({ value, label: roleLabel(value) }))}
          data-autofocus
          {...field(form, 'role')}
        />
        <Changes member={member} role={role} />
        {role === 'owner' && !member.prescribes && <p className={classes.text}>{t('changing.licensed')}</p>}
        {stopsWriting && <HandoverField form={form} member={member} />}
        <p className={classes.text}>{t('changing.now')}</p>
      </Form>
    </Dialog>
  );
}
