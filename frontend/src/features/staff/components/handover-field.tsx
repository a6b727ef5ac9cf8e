import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { SelectField } from '@/components/ui/select-field';
import { field } from '@/lib/form';
import { staffQuery, type Member } from '../api';
import { t } from '../t';

interface HandoverFieldProps<T extends Record<string, unknown>> {
  form: UseFormReturnType<T>;
  /** Whose drafts need somebody. */
  member: Member;
}

/** Who goes on with the drafts that somebody leaves: a colleague who writes notes. */
export function HandoverField<T extends Record<string, unknown> & { handover_to: string }>({
  form,
  member,
}: HandoverFieldProps<T>) {
  const staff = useQuery(staffQuery(false)).data?.items ?? [];
  const options = staff
    .filter(({ id, status, prescribes }) => id !== member.id && status === 'active' && prescribes)
    .map(({ id: value, full_name: label }) => ({ value, label }));
  return (
    <SelectField
      label={t('handover.label')}
      hint={t('handover.hint')}
      placeholder={t('handover.nobody')}
      options={options}
      {...field(form, 'handover_to')}
    />
  );
}
