import { useParams } from '@tanstack/react-router';
import { IconPrescription } from '@tabler/icons-react';
import { NewPrescription } from '@/components/clinical/new-prescription';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page';
import { useBanner } from '@/lib/chart';
import { useCan } from '@/lib/permissions';
import { patientPrescriptionsQuery } from '@/lib/prescriptions';
import { PrescriptionList } from '../components/prescription-list';
import classes from '../components/prescription-list.module.css';
import { list as t } from '../list-t';

/** The tab of a chart with its recetas. */
export function PatientPrescriptionsPage() {
  const { patientId = '' } = useParams({ strict: false });
  const can = useCan();
  const { banner } = useBanner(patientId);
  const mayWrite = can('prescription:write') && banner?.status === 'active';
  return (
    <Page>
      <div className={classes.head}>
        <h2>{t('patientTitle')}</h2>
        {mayWrite && <NewPrescription patientId={patientId} place="page" />}
      </div>
      <PrescriptionList
        asked={patientId}
        query={(cursor) => patientPrescriptionsQuery(patientId, { cursor })}
        empty={
          <EmptyState level={3} icon={<IconPrescription stroke={1.7} aria-hidden />} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        }
      />
    </Page>
  );
}
