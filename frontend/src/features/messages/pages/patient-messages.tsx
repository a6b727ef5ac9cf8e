import { useParams } from '@tanstack/react-router';
import { IconMessage2 } from '@tabler/icons-react';
import { ButtonLink } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page';
import { paths } from '@/config/paths';
import { useCan } from '@/lib/permissions';
import { MessageList } from '../components/message-list';
import { t } from '../t';

function NoMessages({ patientId }: { patientId: string }) {
  const can = useCan();
  return (
    <EmptyState
      level={3}
      icon={<IconMessage2 stroke={1.7} aria-hidden />}
      title={t('patient.empty')}
      actions={
        can('consent:read') && (
          <ButtonLink to={paths.patientConsents} params={{ patientId }}>
            {t('patient.toConsents')}
          </ButtonLink>
        )
      }
    >
      {t('patient.emptyText')}
    </EmptyState>
  );
}

/** The tab of a chart with everything that was sent to the patient and that the patient answered. */
export function PatientMessagesPage() {
  const { patientId = '' } = useParams({ strict: false });
  return (
    <Page>
      <h2 className="visually-hidden">{t('patient.title')}</h2>
      <MessageList filter={{ patientId }} empty={<NoMessages patientId={patientId} />} />
    </Page>
  );
}
