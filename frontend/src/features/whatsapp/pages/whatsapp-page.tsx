import { useQuery } from '@tanstack/react-query';
import { IconRefresh } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageHeader } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { useCan } from '@/lib/permissions';
import { showToast } from '@/lib/toast';
import { connectionQuery, useDiagnosis } from '../api';
import { FactsCard } from '../components/facts-card';
import { FindingsCard } from '../components/findings-card';
import { StateBanner } from '../components/state-banner';
import { TemplateCard } from '../components/template-card';
import { CostCard, LimitsCard, StepsCard } from '../components/texts-cards';
import { t } from '../t';
import classes from '../components/whatsapp.module.css';

function CheckButton() {
  const diagnosis = useDiagnosis();
  const once = useOneAtATime();
  const check = async () => {
    await diagnosis.mutateAsync();
    showToast({ tone: 'success', message: t('checked') });
  };
  return (
    <Button
      variant="primary"
      icon={<IconRefresh stroke={1.7} aria-hidden />}
      loading={diagnosis.isPending}
      onClick={() => {
        once(check);
      }}
    >
      {t('check')}
    </Button>
  );
}

function Connected() {
  const connection = useQuery(connectionQuery);
  if (connection.isPending) return <SkeletonRows />;
  if (connection.isError) {
    return <ErrorState error={connection.error} title={t('load')} onRetry={() => void connection.refetch()} />;
  }
  const { report, template, configured } = connection.data;
  return (
    <>
      <StateBanner connection={connection.data} />
      {report && <FindingsCard findings={report.findings} />}
      {configured && <FactsCard connection={connection.data} />}
      <TemplateCard template={template} />
    </>
  );
}

/** How the installation stands with WhatsApp, what a message costs, and how it is connected. */
export function WhatsAppPage() {
  const can = useCan();
  const configured = useQuery(connectionQuery).data?.configured === true;
  return (
    <Page width="narrow">
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={can('whatsapp:check') && configured && <CheckButton />}
      />
      <div className={classes.stack}>
        <Connected />
        {can('message:read') && (
          <p>
            <TextLink to={paths.messages}>{t('calls')}</TextLink>
          </p>
        )}
        <CostCard />
        <LimitsCard />
        <StepsCard />
      </div>
    </Page>
  );
}
