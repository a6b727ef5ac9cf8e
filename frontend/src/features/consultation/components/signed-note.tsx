import { IconFilePlus, IconLock, IconPrescription } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useNewPrescription } from '@/components/clinical/use-new-prescription';
import { PdfLinks, type Paper } from '@/components/clinical/papers';
import { EditorHeader } from '@/components/clinical/editor/editor-header';
import { Button } from '@/components/ui/button';
import { StatusChip } from '@/components/ui/chip';
import { useIsPhone } from '@/components/ui/use-media';
import { paths } from '@/config/paths';
import { apiUrl } from '@/config/env';
import { formatInstant } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useCan } from '@/lib/permissions';
import { patiently } from '@/lib/patiently';
import type { Consultation, NoteType } from '../api';
import { useChartFacts } from '../chart-facts';
import type { NoteSection } from '../note';
import { contentOf } from '../open-note';
import { more } from '../more-t';
import { t } from '../t';
import editor from './editor.module.css';
import { NoteText } from './note-text';
import classes from './signed-note.module.css';

const AddendumDialog = lazy(async () => ({ default: (await patiently(() => import('./addendum-dialog'))).AddendumDialog }));

/** A note has no paper with large type: its patient is not who reads it. */
const PAPERS: readonly Paper[] = ['letter', 'half_letter'];

/** Who signed, when, and how that can be checked. */
function Signature({ consultation }: { consultation: Consultation }) {
  const zone = useZone();
  const { author, signed_at: at, hash, folio, verification_code: code, head } = consultation;
  const license = head?.professional.license_number;
  return (
    <div className={classes.sign}>
      <p>
        <strong>{more('signed.by', { name: author.name })}</strong>
        {license !== undefined && ` · ${more('signed.license', { license })}`}
      </p>
      {at !== undefined && <p>{formatInstant(at, zone)}</p>}
      {folio !== undefined && <p className="identifier">{folio}</p>}
      {code !== undefined && (
        <p>
          {more('signed.code')}: <span className="identifier">{code}</span>
        </p>
      )}
      {hash !== undefined && (
        <p>
          {more('signed.hash')}: <span className={classes.hash}>{hash}</span>
        </p>
      )}
    </div>
  );
}

function Addenda({ consultation }: { consultation: Consultation }) {
  const zone = useZone();
  return (consultation.addenda ?? []).map((addendum) => (
    <section key={addendum.id} className={classes.addendum}>
      <h2>{more('signed.addendumAt', { date: formatInstant(addendum.signed_at, zone) })}</h2>
      <p className={classes.words}>{addendum.text}</p>
      <div className={classes.sign}>
        <p>
          <strong>{more('signed.by', { name: addendum.author.name })}</strong>
          {` · ${more('signed.license', { license: addendum.license_number })}`}
        </p>
        <p className="identifier">{addendum.folio}</p>
      </div>
    </section>
  ));
}

/** A signed note: a document to be read, with what was added to it later. Nothing in it changes. */
export function SignedNote({ consultation, type }: { consultation: Consultation; type: NoteType }) {
  const { id, patient_id: patientId, opened_at: openedAt, addenda } = consultation;
  const zone = useZone();
  const isPhone = useIsPhone();
  const can = useCan();
  const chart = useChartFacts(patientId, id);
  const [adds, setAdds] = useState(false);
  const receta = useNewPrescription(patientId);
  const mayPrescribe = can('prescription:write') && chart.banner?.status === 'active';
  const mayAdd = can('consultation:sign') && chart.banner?.status !== 'archived';
  const add = mayAdd && (
    <Button
      icon={<IconFilePlus stroke={1.7} aria-hidden />}
      onClick={() => {
        setAdds(true);
      }}
    >
      {more('signed.addAddendum')}
    </Button>
  );
  return (
    <div className={editor.editor}>
      <EditorHeader
          patientId={patientId}
          title={t('title')}
          backTo={paths.patientConsultations}
          banner={chart.banner}
          allergies={chart.allergies}
          problems={chart.problems}
        >
        {!isPhone && add}
        {mayPrescribe && (
          <Button
            loading={receta.isOpening}
            icon={<IconPrescription stroke={1.7} aria-hidden />}
            onClick={() => {
              receta.open(id);
            }}
          >
            {t('prescribe')}
          </Button>
        )}
      </EditorHeader>
      {/* Scrolls by itself, so the keyboard must reach it. */}
      <div role="region" aria-label={consultation.type_label} tabIndex={0} className={classes.page}>
        <div className={classes.papers}>
          <PdfLinks papers={PAPERS} href={(paper) => apiUrl(`/api/consultations/${id}/pdf?format=${paper}`)} />
        </div>
        <article aria-labelledby="nota-tipo" className={classes.document}>
          <div className={classes.head}>
            <h2 id="nota-tipo" className={classes.type}>
              {consultation.type_label}
            </h2>
            <StatusChip family="green" icon={<IconLock aria-hidden />}>
              {more('signed.signed')}
            </StatusChip>
            {(addenda?.length ?? 0) > 0 && (
              <StatusChip family="blue" icon={<IconFilePlus aria-hidden />}>
                {more('list.amended')}
              </StatusChip>
            )}
            <p className={classes.when}>{more('signed.opened', { date: formatInstant(openedAt, zone) })}</p>
          </div>
          <NoteText
            sections={type.sections as NoteSection[]}
            content={contentOf(consultation)}
            vitals={consultation.vital_signs}
          />
          <Signature consultation={consultation} />
        </article>
        <Addenda consultation={consultation} />
      </div>
      {isPhone && mayAdd && <div className={classes.bar}>{add}</div>}
      {adds && (
        <Suspense fallback={null}>
          <AddendumDialog
            consultation={consultation}
            onClose={() => {
              setAdds(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
