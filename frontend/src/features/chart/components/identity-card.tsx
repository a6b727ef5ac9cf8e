import { IconId } from '@tabler/icons-react';
import { BLOOD_OPTIONS, IDENTITY_OPTIONS, labelOf, sexLabel } from '@/components/clinical/patient-form/options';
import { Card } from '@/components/ui/card';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { formatLongDate, formatPhone } from '@/lib/format';
import type { Banner } from '../api';
import { t } from '../t';
import { Facts } from './facts';

/** Who the person is and how to reach her; all of it stands under Datos. */
export function IdentityCard({ banner }: { banner: Banner }) {
  const link = (
    <TextLink to={paths.patientData} params={{ patientId: banner.id }}>
      {t('summary.allData')}
    </TextLink>
  );
  const facts = [
    { label: t('summary.birthDate'), value: banner.birth_date && formatLongDate(banner.birth_date) },
    { label: t('summary.sex'), value: sexLabel(banner.sex) },
    { label: t('summary.curp'), value: banner.curp && <span className="identifier">{banner.curp}</span> },
    { label: t('summary.phone'), value: banner.phone && <span className="figures">{formatPhone(banner.phone)}</span> },
    { label: t('summary.blood'), value: banner.blood_type && labelOf(BLOOD_OPTIONS, banner.blood_type) },
    { label: t('summary.identityStatus'), value: labelOf(IDENTITY_OPTIONS, banner.identity_status) },
  ];
  return (
    <Card
      divided
      padding="none"
      title={t('summary.identity')}
      icon={<IconId stroke={1.7} aria-hidden />}
      action={link}
    >
      <Facts facts={facts} />
    </Card>
  );
}
