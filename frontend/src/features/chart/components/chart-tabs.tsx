import { useQuery } from '@tanstack/react-query';
import { TabLink, TabNav } from '@/components/ui/tab-nav';
import { paths } from '@/config/paths';
import { summaryQuery } from '@/lib/chart';
import { useCan } from '@/lib/permissions';
import { knownConsultations, shownCount } from '../counts';
import { t } from '../t';

/** The pages of a record that the role may see. */
export function ChartTabs({ patientId }: { patientId: string }) {
  const can = useCan();
  const params = { patientId };
  // The banner reads the same answer: this asks for nothing of its own.
  const summary = useQuery({ ...summaryQuery(patientId), enabled: can('chart:read') }).data;
  const consultations = shownCount(summary && knownConsultations(summary));
  const prescriptions = shownCount(summary?.counts.prescriptions);
  return (
    <TabNav label={t('tabs.label')}>
      {can('chart:read') && (
        <TabLink to={paths.patient} params={params} activeOptions={{ exact: true }}>
          {t('tabs.summary')}
        </TabLink>
      )}
      {can('consultation:read') && (
        <TabLink to={paths.patientConsultations} params={params} count={consultations}>
          {t('tabs.consultations')}
        </TabLink>
      )}
      {can('vitals:read') && (
        <TabLink to={paths.patientVitals} params={params}>
          {t('tabs.vitals')}
        </TabLink>
      )}
      {can('prescription:read') && (
        <TabLink to={paths.patientPrescriptions} params={params} count={prescriptions}>
          {t('tabs.prescriptions')}
        </TabLink>
      )}
      {can('consent:read') && (
        <TabLink to={paths.patientConsents} params={params}>
          {t('tabs.consents')}
        </TabLink>
      )}
      {can('message:read') && (
        <TabLink to={paths.patientMessages} params={params}>
          {t('tabs.messages')}
        </TabLink>
      )}
      <TabLink to={paths.patientData} params={params}>
        {t('tabs.data')}
      </TabLink>
    </TabNav>
  );
}
