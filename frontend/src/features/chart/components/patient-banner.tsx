import { Link } from '@tanstack/react-router';
import { IconArrowLeft, IconUserQuestion } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { ConsentChip } from '@/components/clinical/consent-status';
import { sexLabel } from '@/components/clinical/patient-form/options';
import { Avatar } from '@/components/ui/avatar';
import { StatusChip } from '@/components/ui/chip';
import { CopyButton } from '@/components/ui/copy-button';
import { PageTitle } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { formatLongDate, formatPhone, initials, patientName } from '@/lib/format';
import type { Banner } from '../api';
import { t } from '../t';
import { BannerActions } from './banner-actions';
import { BannerChips } from './banner-chips';
import classes from './patient-banner.module.css';

function Curp({ curp }: { curp: string }) {
  return (
    <span className={classes.curp}>
      <span className="identifier">{curp}</span>
      <CopyButton value={curp} what={t('banner.curp')} />
    </span>
  );
}

/** What tells this person from another, in one line that wraps between facts. */
function Facts({ banner }: { banner: Banner }) {
  const facts: [string, ReactNode][] = [
    ['age', banner.age_text && <strong>{banner.age_text}</strong>],
    ['sex', sexLabel(banner.sex)],
    ['birth', banner.birth_date && formatLongDate(banner.birth_date)],
    ['curp', banner.curp && <Curp curp={banner.curp} />],
    ['record', <span className="identifier">{t('banner.record', { number: banner.record_number })}</span>],
    ['phone', banner.phone && <span className="figures">{formatPhone(banner.phone)}</span>],
  ];
  return (
    <div className={classes.factsFrame}>
      <ul className={classes.facts}>
        {facts
          .filter(([, fact]) => fact !== undefined && fact !== '')
          .map(([key, fact]) => (
            <li key={key}>{fact}</li>
          ))}
      </ul>
    </div>
  );
}

function Representative({ banner }: { banner: Banner }) {
  const { minor, representative } = banner;
  if (!minor || !representative) return null;
  const { full_name: name, relationship, phone } = representative;
  const words = t('banner.representative', { name, relationship: relationship.toLowerCase() });
  return <p className={classes.representative}>{[words, phone && formatPhone(phone)].filter(Boolean).join(' · ')}</p>;
}

/**
 * The same in one line, for phones, where the whole banner would take half of the page: it stands
 * still behind the banner and is seen once that has scrolled away.
 */
export function SlimBanner({ banner }: { banner: Banner }) {
  const facts = [patientName(banner), banner.age_text, sexLabel(banner.sex)].filter(Boolean);
  return (
    <div aria-hidden className={classes.slim}>
      {facts.join(' · ')}
    </div>
  );
}

/** Who this is, in sight on every page of the record. */
export function PatientBanner({ banner }: { banner: Banner }) {
  return (
    <header className={classes.banner}>
      <Link to={paths.patients} className={classes.back}>
        <IconArrowLeft size={18} stroke={1.8} aria-hidden />
        {t('back')}
      </Link>
      <span className={classes.avatar}>
        <Avatar size="l" initials={initials(banner.given_names, banner.first_surname)} seed={banner.id} />
      </span>
      <div className={classes.words}>
        <PageTitle title={patientName(banner)} documentTitle={t('title')} className={classes.name} />
        <Facts banner={banner} />
        <Representative banner={banner} />
        <div className={classes.chips}>
          {banner.identity_status === 'provisional' && (
            <StatusChip family="amber" icon={<IconUserQuestion aria-hidden />}>
              {t('banner.provisional')}
            </StatusChip>
          )}
          <BannerChips patientId={banner.id} />
          <ConsentChip whole status={banner.consent.status} />
        </div>
      </div>
      <BannerActions banner={banner} />
    </header>
  );
}
