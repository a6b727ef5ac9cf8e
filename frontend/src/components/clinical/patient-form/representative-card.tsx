import type { UseFormReturnType } from '@mantine/form';
import { IconUserHeart } from '@tabler/icons-react';
import { Card } from '@/components/ui/card';
import { formatAge, sayAge, yearsOld } from '@/lib/format';
import { ContactFields } from './contact-fields';
import classes from './patient-form.module.css';
import { isMinor } from './schema';
import { t } from './t';
import { isWritten, type PatientValues } from './values';

interface RepresentativeCardProps {
  form: UseFormReturnType<PatientValues>;
  today: string;
}

function ageWords(birthDate: string, today: string): string {
  const years = yearsOld(birthDate, today) ?? 0;
  return years > 0 ? sayAge(years) : formatAge(birthDate, today);
}

/** Who answers for the patient: asked of minors, and kept for others who have somebody. */
export function RepresentativeCard({ form, today }: RepresentativeCardProps) {
  const { birth_date: birthDate, representative, identity_status: identity } = form.values;
  const minor = isMinor(birthDate, today);
  const required = minor && identity !== 'provisional';
  if (!minor && !isWritten(representative)) return null;
  const note = required
    ? t('representative.required', { age: ageWords(birthDate, today) })
    : t('representative.optional');
  return (
    <Card title={t('cards.representative')} icon={<IconUserHeart stroke={1.7} aria-hidden />} action={note}>
      <div className={classes.grid}>
        <ContactFields form={form} path="representative" optional={!required} needsPhone={false} />
      </div>
    </Card>
  );
}
