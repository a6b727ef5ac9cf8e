import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { StatusChip } from '@/components/ui/chip';
import { patiently } from '@/lib/patiently';
import type { FoundDiagnosis } from '../api';
import type { NoteDiagnosis, NoteSection } from '../note';
import { t } from '../t';
import classes from './diagnoses-section.module.css';
import { SectionFrame } from './section-frame';
import { useNote, useNoteDraft } from './use-note';

// The list under a field weighs more than the rest of the editor: it follows the page.
const DiagnosisSearch = lazy(async () => ({ default: (await patiently(() => import('./diagnosis-search'))).DiagnosisSearch }));

interface RowProps {
  diagnosis: NoteDiagnosis;
  onRemove: () => void;
  onMakePrincipal: () => void;
}

function Row({ diagnosis, onRemove, onMakePrincipal }: RowProps) {
  const { code, label, kind } = diagnosis;
  return (
    <li className={classes.row}>
      <span className={`${classes.code ?? ''} identifier`}>{code}</span>
      <span className={classes.label}>{label}</span>
      <span className={classes.acts}>
        {kind === 'principal' ? (
          <StatusChip family="teal">{t('diagnoses.principal')}</StatusChip>
        ) : (
          <Button size="s" variant="ghost" aria-label={t('diagnoses.makePrincipal', { label })} onClick={onMakePrincipal}>
            <span className={classes.second}>{t('diagnoses.secundario')}</span>
          </Button>
        )}
        <IconButton label={t('diagnoses.remove', { label })} icon={<IconX aria-hidden />} onClick={onRemove} />
      </span>
    </li>
  );
}

function added(list: readonly NoteDiagnosis[], { code, label }: FoundDiagnosis): NoteDiagnosis[] {
  const kind = list.some((one) => one.kind === 'principal') ? 'secundario' : 'principal';
  return [...list, { code, label, kind }];
}

/** Without the principal one, the first that is left takes its place. */
function removed(list: readonly NoteDiagnosis[], code: string): NoteDiagnosis[] {
  const rest = list.filter((one) => one.code !== code);
  const hasPrincipal = rest.some(({ kind }) => kind === 'principal');
  return hasPrincipal ? rest : rest.map((one, index) => (index === 0 ? { ...one, kind: 'principal' } : one));
}

interface DiagnosesSectionProps {
  section: NoteSection;
  /** What is worth a second look and stops nothing, such as a diagnosis that does not fit the age. */
  warnings: readonly string[];
  why?: string | undefined;
}

/** The diagnoses of the note, found by code or by what people say; the most used come first. */
export function DiagnosesSection({ section, warnings, why }: DiagnosesSectionProps) {
  const draft = useNoteDraft();
  const box = useRef<HTMLDivElement>(null);
  const list = useNote(({ diagnoses }) => diagnoses);
  const change = (update: (list: readonly NoteDiagnosis[]) => NoteDiagnosis[]) => {
    draft.change((content) => ({ ...content, diagnoses: update(content.diagnoses) }));
    void draft.flush();
  };
  const remove = (code: string, index: number) => {
    change((before) => removed(before, code));
    // To the next row, or to the field when none is left.
    requestAnimationFrame(() => {
      const rows = box.current?.querySelectorAll<HTMLElement>('li button:last-child') ?? [];
      (rows[Math.min(index, rows.length - 1)] ?? box.current?.querySelector('input'))?.focus();
    });
  };
  const [notice, setNotice] = useState<string>();
  return (
    <SectionFrame section={section}>
      <div ref={box}>
        {list.length > 0 && (
          <ul aria-label={t('diagnoses.list')} className={classes.list}>
            {list.map((diagnosis, index) => (
              <Row
                key={diagnosis.code}
                diagnosis={diagnosis}
                onRemove={() => {
                  remove(diagnosis.code, index);
                }}
                onMakePrincipal={() => {
                  change((before) =>
                    before.map((one) => ({ ...one, kind: one.code === diagnosis.code ? 'principal' : 'secundario' })),
                  );
                }}
              />
            ))}
          </ul>
        )}
        <Suspense fallback={<div className={classes.coming} />}>
          <DiagnosisSearch
            label={t('diagnoses.add')}
            onAdd={(found) => {
              const isThere = list.some(({ code }) => code === found.code);
              setNotice(isThere ? t('diagnoses.already') : undefined);
              if (!isThere) change((before) => added(before, found));
            }}
          />
        </Suspense>
        <p role="status" className={classes.note}>
          {notice}
        </p>
        {[...warnings, ...(why !== undefined && list.length > 0 ? [why] : [])].map((text) => (
          <p key={text} className={classes.warning}>
            <IconAlertTriangle size={15} stroke={2} aria-hidden />
            <span>{text}</span>
          </p>
        ))}
      </div>
    </SectionFrame>
  );
}
