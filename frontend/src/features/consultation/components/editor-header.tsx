import { Link } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PageTitle } from '@/components/ui/page-header';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import type { Banner } from '@/lib/chart';
import { patientName } from '@/lib/format';
import type { ChartAllergies, ChartProblem } from '../chart-facts';
import { t } from '../t';
import classes from './editor-header.module.css';
import { PatientChips } from './patient-chips';

interface EditorHeaderProps {
  patientId: string;
  banner: Banner | undefined;
  allergies: ChartAllergies | undefined;
  problems: readonly ChartProblem[];
  /** Where what was typed is, and what can be done with it. */
  children: ReactNode;
}

/** Whose note this is, always in sight, and the acts of the page. */
export function EditorHeader({ patientId, banner, allergies, problems, children }: EditorHeaderProps) {
  const isPhone = useIsPhone();
  const facts = banner ? [banner.age_text, t(`sex.${banner.sex}`), !isPhone && banner.record_number].filter(Boolean) : [];
  return (
    <header className={classes.header}>
      <Link to={paths.patientConsultations} params={{ patientId }} aria-label={t('back')} className={classes.back}>
        <IconArrowLeft size={20} stroke={1.8} aria-hidden />
      </Link>
      <div className={classes.words}>
        <div className={classes.who}>
          <PageTitle
            title={banner ? patientName(banner) : t('title')}
            documentTitle={t('title')}
            className={classes.name}
          />
          <p className={classes.facts}>{facts.join(' · ')}</p>
        </div>
        <PatientChips allergies={allergies} problems={problems} />
      </div>
      <div className={classes.acts}>{children}</div>
    </header>
  );
}
