import { IconUserHeart } from '@tabler/icons-react';
import { relationshipLabel } from '@/components/clinical/patient-form/options';
import { Card } from '@/components/ui/card';
import type { Contact } from '@/lib/api/types';
import { formatPhone } from '@/lib/format';
import { t } from '../t';
import { Facts } from './facts';

/** Who answers for the patient. */
export function RepresentativeCard({ representative }: { representative: Contact }) {
  const { full_name: name, relationship, phone } = representative;
  const facts = [
    { label: t('summary.name'), value: name },
    { label: t('summary.relationship'), value: relationshipLabel(relationship) },
    { label: t('summary.phone'), value: phone && <span className="figures">{formatPhone(phone)}</span> },
  ];
  return (
    <Card divided padding="none" title={t('summary.representative')} icon={<IconUserHeart stroke={1.7} aria-hidden />}>
      <Facts facts={facts} />
    </Card>
  );
}
