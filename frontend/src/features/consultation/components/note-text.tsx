import { longLabel, MEASURES, unitOf, type MeasureSet } from '@/lib/measures';
import { hasContent, textOf, type NoteContent, type NoteSection } from '../note';
import { t } from '../t';
import classes from './signed-note.module.css';

function Vitals({ set }: { set: MeasureSet }) {
  const { systolic, diastolic } = set;
  const rest = MEASURES.filter((key) => key !== 'systolic' && key !== 'diastolic' && set[key] !== undefined);
  return (
    <dl className={classes.vitals}>
      {systolic !== undefined && diastolic !== undefined && (
        <div>
          <dt>{longLabel('blood_pressure')}</dt>
          <dd>{`${String(systolic)}/${String(diastolic)} ${unitOf('systolic')}`}</dd>
        </div>
      )}
      {rest.map((key) => (
        <div key={key}>
          <dt>{longLabel(key)}</dt>
          <dd>{`${String(set[key])} ${unitOf(key)}`}</dd>
        </div>
      ))}
    </dl>
  );
}

function Diagnoses({ diagnoses }: Pick<NoteContent, 'diagnoses'>) {
  return (
    <ol className={classes.diagnoses}>
      {diagnoses.map(({ code, label, kind }) => (
        <li key={code}>
          <strong className="identifier">{code}</strong> {label} <span>{t(`diagnoses.${kind}`).toLowerCase()}</span>
        </li>
      ))}
    </ol>
  );
}

function Words({ section, content, vitals }: { section: NoteSection; content: NoteContent; vitals: MeasureSet }) {
  const answer = content.omissions[section.key];
  return (
    <>
      {section.kind === 'vital_signs' && hasContent(content, section) && <Vitals set={vitals} />}
      {section.kind === 'diagnoses' && <Diagnoses diagnoses={content.diagnoses} />}
      {textOf(content, section) !== '' && <p className={classes.words}>{textOf(content, section)}</p>}
      {answer !== undefined && <p className={classes.answer}>{t(`omissions.${answer}`)}</p>}
    </>
  );
}

interface NoteTextProps {
  sections: readonly NoteSection[];
  content: NoteContent;
  vitals: MeasureSet;
}

/** What a note says, to be read: only the parts in which something stands. */
export function NoteText({ sections, content, vitals }: NoteTextProps) {
  const filled = sections.filter((section) => hasContent(content, section) || content.omissions[section.key]);
  return filled.map((section) => (
    <section key={section.key} className={classes.part}>
      <h3>
        {section.title}
        {section.numeral !== undefined && section.numeral !== '' && (
          <span className={classes.numeral}>{section.numeral}</span>
        )}
      </h3>
      <Words section={section} content={content} vitals={vitals} />
    </section>
  ));
}
