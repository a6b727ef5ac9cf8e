import { Link } from '@tanstack/react-router';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PageTitle } from '@/components/ui/page-header';
import { useIsPhone } from '@/components/ui/use-media';
import type { paths } from '@/config/paths';
import type { ChartSummary } from '@/lib/api/types';
import type { Banner } from '@/lib/chart';
import { patientName } from '@/lib/format';
import { t } from './t';
import classes from './editor-header.module.css';
import { PatientChips } from './patient-chips';

interface EditorHeaderProps {
  patientId: string;
  /** The page's own name, for the browser's tab; it holds nobody's. */
  title: string;
  /** What is said around the patient's name where there is room: «Receta para …». */
  heading?: (name: string) => string;
  /** The tab of the chart that the arrow leads back to. */
  backTo: typeof paths.patientConsultations | typeof paths.patientPrescriptions;
  banner: Banner | undefined;
  allergies: ChartSummary['allergies'] | undefined;
  problems: readonly ChartSummary['problems'][number][];
  /** Where what was typed is, and what can be done with it. */
  children: ReactNode;
}

/** Whose note or receta this is, always in sight, and the acts of the page. */
export function EditorHeader(props: EditorHeaderProps) {
  const { patientId, title, heading, backTo, banner, allergies, problems, children } = props;
  const isPhone = useIsPhone();
  const facts = banner ? [banner.age_text, t(`sex.${banner.sex}`), !isPhone && banner.record_number].filter(Boolean) : [];
  const name = banner && patientName(banner);
  const words = name !== undefined && heading && !isPhone ? heading(name) : name;
  return (
    <header className={classes.header}>
      <Link to={backTo} params={{ patientId }} aria-label={t('back')} className={classes.back}>
        <IconArrowLeft size={20} stroke={1.8} aria-hidden />
      </Link>
      <div className={classes.words}>
        <div className={classes.who}>
          <PageTitle
            title={words ?? title}
            documentTitle={title}
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
