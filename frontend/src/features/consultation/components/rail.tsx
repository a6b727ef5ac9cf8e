import { IconAlertCircle, IconNotes, IconPill, IconPlus, IconReportMedical } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/components/ui/button';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { dateOf, formatDate } from '@/lib/format';
import { useZone } from '@/lib/office';
import type { ChartAllergies, ChartAllergy, ChartMedication, ChartNote, ChartProblem } from '../chart-facts';
import { t } from '../t';
import classes from './rail.module.css';

interface BlockProps {
  title: string;
  icon: ReactNode;
  tone?: 'red';
  /** Adds one more, where the person may. */
  add?: { label: string; onClick: () => void } | undefined;
  children: ReactNode;
}

function Block({ title, icon, tone, add, children }: BlockProps) {
  return (
    <section aria-label={title} className={classes.block}>
      <h2 className={classes.title} data-tone={tone}>
        {icon}
        {title}
        {add && (
          <span className={classes.add}>
            <IconButton label={add.label} icon={<IconPlus aria-hidden />} onClick={add.onClick} />
          </span>
        )}
      </h2>
      {children}
    </section>
  );
}

interface RowProps {
  what: string;
  detail?: string | undefined;
  tone?: 'red';
  onClick?: (() => void) | undefined;
}

function Row({ what, detail, tone, onClick }: RowProps) {
  const content = (
    <>
      <span className={classes.what}>{what}</span>
      {detail !== undefined && <span className={classes.detail}>{detail}</span>}
    </>
  );
  if (!onClick) {
    return (
      <p className={classes.row} data-tone={tone}>
        {content}
      </p>
    );
  }
  return (
    <button type="button" className={classes.row} data-tone={tone} onClick={onClick}>
      <span className="visually-hidden">{t('rail.edit', { name: '' })}</span>
      {content}
    </button>
  );
}

function LastNote({ note, patientId, onRepeatPlan }: { note: ChartNote; patientId: string; onRepeatPlan: (() => void) | undefined }) {
  const zone = useZone();
  const at = note.signed_at ?? note.opened_at;
  return (
    <Block
      title={t('rail.lastNote', { date: formatDate(dateOf(at, zone)) })}
      icon={<IconNotes stroke={1.7} aria-hidden />}
    >
      <div className={classes.last}>
        <p>{note.excerpt}</p>
        <div className={classes.links}>
          {onRepeatPlan && (
            <button type="button" className={classes.link} onClick={onRepeatPlan}>
              {t('rail.repeatPlan')}
            </button>
          )}
          {/* In a tab of its own, so that the place of writing is kept. */}
          <TextLink
            to={paths.consultation}
            params={{ patientId, consultationId: note.id }}
            target="_blank"
            className={classes.link}
          >
            {t('rail.readAll')}
          </TextLink>
        </div>
      </div>
    </Block>
  );
}

interface RailProps {
  patientId: string;
  lastNote: ChartNote | undefined;
  onRepeatPlan: (() => void) | undefined;
  medications: readonly ChartMedication[] | undefined;
  allergies: ChartAllergies | undefined;
  problems: readonly ChartProblem[];
  /** Changes allergies and problems from inside the note; left out where the person may not. */
  onAllergy: ((allergy: ChartAllergy | undefined) => void) | undefined;
  onProblem: ((problem: ChartProblem | undefined) => void) | undefined;
  /** What can be begun from the note. */
  acts: ReactNode;
}

/** What of the chart is looked at while writing. */
export function Rail(props: RailProps) {
  const { patientId, lastNote, onRepeatPlan, medications, allergies, problems, onAllergy, onProblem, acts } = props;
  return (
    <>
      {lastNote && <LastNote note={lastNote} patientId={patientId} onRepeatPlan={onRepeatPlan} />}
      {medications && (
        <Block title={t('rail.medications')} icon={<IconPill stroke={1.7} aria-hidden />}>
          {medications.length === 0 && <p className={classes.nothing}>{t('rail.noMedications')}</p>}
          {medications.map(({ id, generic_name: name, presentation, frequency }) => (
            <Row key={id} what={`${name} ${presentation}`} detail={frequency} />
          ))}
        </Block>
      )}
      {allergies && (
        <Block
          title={t('rail.allergies')}
          tone="red"
          icon={<IconAlertCircle stroke={1.7} aria-hidden />}
          add={
            onAllergy && {
              label: t('rail.addAllergy'),
              onClick: () => {
                onAllergy(undefined);
              },
            }
          }
        >
          {allergies.status !== 'listed' && (
            <p className={classes.nothing}>
              {allergies.status === 'none_known' ? t('rail.noneKnown') : t('rail.notAsked')}
            </p>
          )}
          {allergies.items.map((allergy) => (
            <Row
              key={allergy.id}
              tone="red"
              what={allergy.substance}
              detail={allergy.reaction}
              onClick={
                onAllergy &&
                (() => {
                  onAllergy(allergy);
                })
              }
            />
          ))}
        </Block>
      )}
      <Block
        title={t('rail.problems')}
        icon={<IconReportMedical stroke={1.7} aria-hidden />}
        add={
          onProblem && {
            label: t('rail.addProblem'),
            onClick: () => {
              onProblem(undefined);
            },
          }
        }
      >
        {problems.length === 0 && <p className={classes.nothing}>{t('rail.noProblems')}</p>}
        {problems.map((problem) => (
          <Row
            key={problem.id}
            what={problem.label}
            detail={problem.code}
            onClick={
              onProblem &&
              (() => {
                onProblem(problem);
              })
            }
          />
        ))}
      </Block>
      {acts !== null && <div className={classes.acts}>{acts}</div>}
    </>
  );
}
