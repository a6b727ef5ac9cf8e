import { useQuery } from '@tanstack/react-query';
import { IconUserPlus } from '@tabler/icons-react';
import { ButtonLink } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { useZone } from '@/lib/office';
import { useCan } from '@/lib/permissions';
import { useMe } from '@/lib/session';
import { useToday } from '@/lib/today';
import { draftsQuery } from '../api';
import { ComplianceCard } from '../components/compliance-card';
import { ConsentsCard } from '../components/consents-card';
import { MessagesCard } from '../components/messages-card';
import { RecentCard } from '../components/recent-card';
import { UnsignedCard } from '../components/unsigned-card';
import { t } from '../t';
import { greet, sayDay } from '../words';
import classes from './today-page.module.css';

/** The greeting of the hour, and how many notes wait for a signature. */
function Greeting({ writes }: { writes: boolean }) {
  const { user } = useMe();
  const drafts = useQuery({ ...draftsQuery, enabled: writes }).data;
  const words = greet(user.full_name, useZone());
  const count = drafts?.items.length ?? 0;
  // A list that goes on is not counted.
  if (count === 0 || drafts?.next_cursor) return words;
  return `${words} ${t('drafts', { count })}`;
}

/** What waits for the person today, as her role works: notes, readings, the desk, or privacy. */
export function TodayPage() {
  const can = useCan();
  const today = useToday();
  const writes = can('consultation:write');
  // The desk and whoever answers for privacy have their work around the chart, not in it.
  const isOffice = !can('chart:read');
  const register = can('patient:write') && (
    <ButtonLink variant="primary" to={paths.newPatient} icon={<IconUserPlus stroke={1.7} aria-hidden />}>
      {t('register')}
    </ButtonLink>
  );
  return (
    <Page>
      <PageHeader
        title={sayDay(today)}
        documentTitle={t('title')}
        subtitle={<Greeting writes={writes} />}
        actions={register}
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          {writes && <UnsignedCard />}
          {can('patient:write') && <RecentCard />}
          {isOffice && can('consent:request') && <ConsentsCard />}
        </div>
        <div className={classes.column}>
          {can('message:read') && <MessagesCard />}
          {isOffice && can('audit:read') && <ComplianceCard />}
        </div>
      </div>
    </Page>
  );
}
