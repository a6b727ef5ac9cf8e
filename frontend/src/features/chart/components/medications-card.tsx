import { IconPill } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import type { ChartSummary } from '@/lib/api/types';
import { formatDate } from '@/lib/format';
import { t } from '../t';
import classes from './rows.module.css';

const StopDialog = lazy(async () => ({ default: (await import('./stop-dialog')).StopDialog }));

export type ChartMedication = ChartSummary['medications'][number];

interface MedicationsCardProps {
  patientId: string;
  medications: readonly ChartMedication[];
  mayStop: boolean;
}

/** What the patient takes by the recetas signed here, each until when. */
export function MedicationsCard({ patientId, medications, mayStop }: MedicationsCardProps) {
  const [stopping, setStopping] = useState<ChartMedication>();
  return (
    <Card
      divided
      padding="none"
      title={t('medications.title')}
      icon={<IconPill stroke={1.7} aria-hidden />}
    >
      {medications.length === 0 && <p className={classes.nothing}>{t('medications.none')}</p>}
      <RowList>
        {medications.map((medication) => (
          <li key={medication.id} className={classes.row}>
            <div className={classes.words}>
              <div>
                <strong>{medication.generic_name}</strong> {medication.presentation}
              </div>
              <div className={classes.detail}>{medication.dosage}</div>
            </div>
            <div className={classes.side}>
              <div>
                {medication.ends_on === undefined
                  ? t('medications.continuous')
                  : t('medications.until', { date: formatDate(medication.ends_on) })}
              </div>
              {mayStop && (
                <Button
                  size="s"
                  variant="ghost"
                  className={classes.act}
                  onClick={() => {
                    setStopping(medication);
                  }}
                >
                  {t('medications.stop')}{' '}
                  <span className="visually-hidden">{medication.generic_name}</span>
                </Button>
              )}
            </div>
          </li>
        ))}
      </RowList>
      {stopping && (
        <Suspense fallback={null}>
          <StopDialog
            patientId={patientId}
            medication={stopping}
            onClose={() => {
              setStopping(undefined);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
