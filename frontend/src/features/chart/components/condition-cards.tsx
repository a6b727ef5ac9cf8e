import { IconAlertCircle, IconListCheck, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cx } from '@/components/ui/cx';
import { RowList } from '@/components/ui/row-list';
import type { ChartSummary } from '@/lib/api/types';
import { formatPartialDate } from '@/lib/format';
import { t } from '../t';
import classes from './rows.module.css';

const AllergyDialog = lazy(async () => ({
  default: (await import('@/components/clinical/conditions/allergy-dialog')).AllergyDialog,
}));
const ProblemDialog = lazy(async () => ({
  default: (await import('@/components/clinical/conditions/problem-dialog')).ProblemDialog,
}));

type Allergies = ChartSummary['allergies'];
type Allergy = Allergies['items'][number];
type Problem = ChartSummary['problems'][number];

/** What a dialog changes: one that is there, a new one, or nothing while it is closed. */
type Change<T> = { item: T | undefined } | undefined;

/** The dialog of a card: for a new entry, for one that is there, or closed. */
function useChange<T>() {
  const [change, setChange] = useState<Change<T>>();
  return {
    change,
    add: () => {
      setChange({ item: undefined });
    },
    edit: (item: T) => () => {
      setChange({ item });
    },
    close: () => {
      setChange(undefined);
    },
  };
}

interface ConditionRowProps {
  label: string;
  tone?: 'red';
  detail: string | undefined;
  side?: ReactNode;
  /** Opens it for changing; left out where the person may not. */
  onEdit: (() => void) | undefined;
}

function ConditionRow({ label, tone, detail, side, onEdit }: ConditionRowProps) {
  const colour = tone && classes[tone];
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        {onEdit ? (
          <button type="button" className={cx(classes.edit, colour)} onClick={onEdit}>
            {label} <span className="visually-hidden">{t('conditions.change')}</span>
          </button>
        ) : (
          <div className={cx(classes.what, colour)}>{label}</div>
        )}
        <div className={classes.detail}>{detail}</div>
      </div>
      {side && <div className={classes.side}>{side}</div>}
    </li>
  );
}

interface ConditionCardProps {
  title: string;
  icon: ReactNode;
  addLabel: string;
  /** Left out where the person may not write. */
  onAdd: (() => void) | undefined;
  /** The dialog, while it is open. */
  dialog: ReactNode;
  children: ReactNode;
}

function ConditionCard({ title, icon, addLabel, onAdd, dialog, children }: ConditionCardProps) {
  const add = onAdd && <IconButton label={addLabel} icon={<IconPlus aria-hidden />} onClick={onAdd} />;
  return (
    <Card divided padding="none" title={title} icon={icon} action={add}>
      {children}
      <Suspense fallback={null}>{dialog}</Suspense>
    </Card>
  );
}

function sayProblem({ status, onset_on: onset, resolved_on: resolved }: Problem): string | undefined {
  if (status === 'resolved') {
    return resolved === undefined ? t('conditions.resolved') : t('conditions.resolvedIn', { date: formatPartialDate(resolved) });
  }
  return onset === undefined ? undefined : t('conditions.since', { date: formatPartialDate(onset) });
}

interface ProblemsCardProps {
  patientId: string;
  problems: readonly Problem[];
  mayWrite: boolean;
}

/** The list of problems; those that are over stand last, with when. */
export function ProblemsCard({ patientId, problems, mayWrite }: ProblemsCardProps) {
  const { change, add, edit, close } = useChange<Problem>();
  return (
    <ConditionCard
      title={t('conditions.problems')}
      icon={<IconListCheck stroke={1.7} aria-hidden />}
      addLabel={t('conditions.addProblem')}
      onAdd={mayWrite ? add : undefined}
      dialog={change && <ProblemDialog patientId={patientId} problem={change.item} onClose={close} />}
    >
      {problems.length === 0 && <p className={classes.nothing}>{t('conditions.noProblems')}</p>}
      <RowList>
        {problems.map((problem) => (
          <ConditionRow
            key={problem.id}
            label={problem.label}
            detail={sayProblem(problem)}
            onEdit={mayWrite ? edit(problem) : undefined}
            side={
              <>
                <div className="identifier">{problem.code}</div>
                {problem.status === 'resolved' && <div>{t('conditions.resolved')}</div>}
              </>
            }
          />
        ))}
      </RowList>
    </ConditionCard>
  );
}

function sayAllergy({ reaction, severity, onset_on: onset }: Allergy): string {
  const facts = [reaction, severity && t(`conditions.${severity}`), onset !== undefined && formatPartialDate(onset)];
  return facts.filter(Boolean).join(' · ');
}

interface AllergiesCardProps {
  patientId: string;
  allergies: Allergies;
  mayWrite: boolean;
}

/** The allergies. That none is known is said, and that nobody has asked is said otherwise. */
export function AllergiesCard({ patientId, allergies, mayWrite }: AllergiesCardProps) {
  const { change, add, edit, close } = useChange<Allergy>();
  const { status, items } = allergies;
  return (
    <ConditionCard
      title={t('conditions.allergies')}
      icon={<IconAlertCircle stroke={1.7} aria-hidden />}
      addLabel={t('conditions.addAllergy')}
      onAdd={mayWrite ? add : undefined}
      dialog={
        change && (
          <AllergyDialog patientId={patientId} allergy={change.item} mayDeny={status !== 'listed'} onClose={close} />
        )
      }
    >
      {status === 'not_asked' && (
        <p className={classes.nothing} data-tone="amber">
          {t('conditions.notAsked')}
        </p>
      )}
      {status === 'none_known' && <p className={classes.nothing}>{t('conditions.noneKnown')}</p>}
      <RowList>
        {items.map((allergy) => (
          <ConditionRow
            key={allergy.id}
            tone="red"
            label={allergy.substance}
            detail={sayAllergy(allergy)}
            onEdit={mayWrite ? edit(allergy) : undefined}
          />
        ))}
      </RowList>
      {mayWrite && status === 'not_asked' && (
        <div className={classes.foot}>
          <Button size="s" onClick={add}>
            {t('conditions.ask')}
          </Button>
        </div>
      )}
    </ConditionCard>
  );
}
