import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { Page } from '@/components/ui/page';
import { SkeletonRows } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { ChartSummary } from '@/lib/api/types';
import { useCan } from '@/lib/permissions';
import { summaryQuery } from '../api';
import { ConsentEventsCard, PurposesCard } from '../components/consent-cards';
import { IdentityCard } from '../components/identity-card';
import { MessagesCard } from '../components/messages-card';
import { RepresentativeCard } from '../components/representative-card';
import { t } from '../t';
import classes from './summary-page.module.css';

function Cards({ summary }: { summary: ChartSummary }) {
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
    <div className={classes.columns}>
      <div className={classes.column}>
        <IdentityCard banner={banner} />
        {banner.representative && <RepresentativeCard representative={banner.representative} />}
      </div>
      <div className={classes.column}>
        <MessagesCard messages={messages} link={allMessages} />
        <ConsentEventsCard consent={consent} />
      </div>
      <div className={classes.column}>
        <PurposesCard consent={consent} link={chain} />
      </div>
    </div>
  );
}

/** The chart's first page. Whoever may not read it goes to the person's data. */
export function SummaryPage() {
  const { patientId = '' } = useParams({ strict: false });
  const reads = useCan()('chart:read');
  const summary = useQuery({ ...summaryQuery(patientId), enabled: reads }).data;
  if (!reads) return <Navigate to={paths.patientData} params={{ patientId }} replace />;
  return <Page>{summary ? <Cards summary={summary} /> : <SkeletonRows />}</Page>;
}
