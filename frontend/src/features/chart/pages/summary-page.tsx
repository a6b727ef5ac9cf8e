import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { Page } from '@/components/ui/page';
import { SkeletonRows } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { ChartSummary } from '@/lib/api/types';
import { useCan } from '@/lib/permissions';
import { summaryQuery } from '../api';
import { AllergiesCard, ProblemsCard } from '../components/condition-cards';
import { PurposesCard } from '../components/consent-cards';
import { MedicationsCard } from '../components/medications-card';
import { MessagesCard } from '../components/messages-card';
import { NotesCard } from '../components/notes-card';
import { RepresentativeCard } from '../components/representative-card';
import { VitalTiles } from '../components/vital-tiles';
import { knownConsultations } from '../counts';
import { t } from '../t';
import classes from './summary-page.module.css';

/** What is clinical: problems, allergies, medicines, notes. */
function ClinicalCards({ summary }: { summary: ChartSummary }) {
  const can = useCan();
  const { banner, allergies, problems, medications, notes } = summary;
  const isActive = banner.status === 'active';
  const mayWrite = can('condition:write') && isActive;
  return (
    <>
      <div className={classes.column}>
        <ProblemsCard patientId={banner.id} problems={problems} mayWrite={mayWrite} />
        <AllergiesCard patientId={banner.id} allergies={allergies} mayWrite={mayWrite} />
      </div>
      <div className={classes.column}>
        <MedicationsCard
          patientId={banner.id}
          medications={medications}
          mayStop={can('prescription:write') && isActive}
        />
        <NotesCard patientId={banner.id} notes={notes} count={knownConsultations(summary)} />
      </div>
    </>
  );
}

/** Where the consent stands, how far the messages came, and who answers for the patient. */
function OtherCards({ summary }: { summary: ChartSummary }) {
  const can = useCan();
  const { banner, consent, messages } = summary;
  const params = { patientId: banner.id };
  const chain = can('consent:read') && (
    <TextLink to={paths.patientConsents} params={params}>
      {t('summary.chain')}
    </TextLink>
  );
  const allMessages = can('message:read') && (
    <TextLink to={paths.patientMessages} params={params}>
      {t('summary.allMessages')}
    </TextLink>
  );
  return (
    <div className={classes.column}>
      <PurposesCard consent={consent} link={chain} />
      <MessagesCard messages={messages} link={allMessages} />
      {banner.representative && <RepresentativeCard representative={banner.representative} />}
    </div>
  );
}

/** The chart's first page. Whoever may not read it goes to the person's data. */
export function SummaryPage() {
  const { patientId = '' } = useParams({ strict: false });
  const can = useCan();
  const reads = can('chart:read');
  const summary = useQuery({ ...summaryQuery(patientId), enabled: reads }).data;
  if (!reads) return <Navigate to={paths.patientData} params={{ patientId }} replace />;
  if (!summary) {
    return (
      <Page>
        <SkeletonRows />
      </Page>
    );
  }
  return (
    <Page>
      <VitalTiles patientId={patientId} vitals={summary.vital_signs} link={can('vitals:read')} />
      <div className={classes.columns}>
        <ClinicalCards summary={summary} />
        <OtherCards summary={summary} />
      </div>
    </Page>
  );
}
