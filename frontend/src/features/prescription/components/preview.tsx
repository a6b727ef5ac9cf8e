import { useState } from 'react';
import { IconPrinter } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import type { ChartSummary } from '@/lib/api/types';
import type { Banner } from '@/lib/chart';
import type { Prescription } from '@/lib/prescriptions';
import { previewHref, type PaperFormat } from '../formats';
import type { OpenPrescription } from '../open-prescription';
import { t } from '../t';
import classes from './editor.module.css';
import { Paper, PaperFormats } from './paper';

/** Opens the draft's paper in a tab of its own, with the last words in it. */
async function openPdf({ draft }: OpenPrescription, id: string, format: PaperFormat): Promise<void> {
  // Opened at once, because of the press; a browser would hold back one that opens later.
  const tab = window.open('', '_blank');
  await draft.flush();
  if (tab) tab.location.href = new URL(previewHref(id, format), window.location.href).href;
}

interface PreviewProps {
  prescription: Prescription;
  open: OpenPrescription;
  banner: Banner | undefined;
  allergies: ChartSummary['allergies'] | undefined;
}

/** How the receta will look on paper, as far as it is saved. */
export function Preview({ prescription, open, banner, allergies }: PreviewProps) {
  const [format, setFormat] = useState<PaperFormat>('half_letter');
  return (
    <>
      <div className={classes.previewHead}>
        <h2 className={classes.previewTitle}>{t('preview')}</h2>
        <PaperFormats value={format} onChange={setFormat} />
      </div>
      <Paper prescription={prescription} format={format} banner={banner} allergies={allergies} />
      <p className={classes.draftNote}>
        {t('paper.draft')}{' '}
        <Button
          size="s"
          variant="ghost"
          icon={<IconPrinter stroke={1.7} aria-hidden />}
          onClick={() => void openPdf(open, prescription.id, format)}
        >
          {t('openPdf')}
        </Button>
      </p>
    </>
  );
}
