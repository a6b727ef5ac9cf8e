import { IconAlertCircle, IconListCheck, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
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

interface NameProps {
  label: string;
  tone?: 'red';
  /** Opens it for changing; left out where the person may not. */
  onClick: (() => void) | undefined;
}

function Name({ label, tone, onClick }: NameProps) {
  if (!onClick) return <div className={cx(classes.what, tone && classes[tone])}>{label}</div>;
  return (
    <button type="button" className={cx(classes.edit, tone && classes[tone])} onClick={onClick}>
      {label}{' '}
      <span className="visually-hidden">{t('conditions.change')}</span>
    </button>
  );
}

function Add({ label, onClick }: { label: string; onClick: () => void }) {
  return <IconButton label={label} icon={<IconPlus aria-hidden />} onClick={onClick} />;
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
  const [change, setChange] = useState<Change<Problem>>();
  const add = () => {
    setChange({ item: undefined });
  };
  return (
    <Card
      divided
      padding="none"
      title={t('conditions.problems')}
      icon={<IconListCheck stroke={1.7} aria-hidden />}
      action={mayWrite ? <Add label={t('conditions.addProblem')} onClick={add} /> : undefined}
    >
      {problems.length === 0 && <p className={classes.nothing}>{t('conditions.noProblems')}</p>}
      <RowList>
        {problems.map((problem) => (
          <li key={problem.id} className={classes.row}>
            <div className={classes.words}>
              <Name
                label={problem.label}
                onClick={
                  mayWrite
                    ? () => {
                        setChange({ item: problem });
                      }
                    : undefined
                }
              />
              <div className={classes.detail}>{sayProblem(problem)}</div>
            </div>
            <div className={classes.side}>
              <div className="identifier">{problem.code}</div>
              {problem.status === 'resolved' && <div>{t('conditions.resolved')}</div>}
            </div>
          </li>
        ))}
      </RowList>
      {change && (
        <Suspense fallback={null}>
          <ProblemDialog
            patientId={patientId}
            problem={change.item}
            onClose={() => {
              setChange(undefined);
            }}
          />
        </Suspense>
      )}
    </Card>
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
  const [change, setChange] = useState<Change<Allergy>>();
  const { status, items } = allergies;
  const add = () => {
    setChange({ item: undefined });
  };
  return (
    <Card
      divided
      padding="none"
      title={t('conditions.allergies')}
      icon={<IconAlertCircle stroke={1.7} aria-hidden />}
      action={mayWrite ? <Add label={t('conditions.addAllergy')} onClick={add} /> : undefined}
    >
      {status === 'not_asked' && (
        <p className={classes.nothing} data-tone="amber">
          {t('conditions.notAsked')}
        </p>
      )}
      {status === 'none_known' && <p className={classes.nothing}>{t('conditions.noneKnown')}</p>}
      <RowList>
        {items.map((allergy) => (
          <li key={allergy.id} className={classes.row}>
            <div className={classes.words}>
              <Name
                tone="red"
                label={allergy.substance}
                onClick={
                  mayWrite
                    ? () => {
                        setChange({ item: allergy });
                      }
                    : undefined
                }
              />
              <div className={classes.detail}>{sayAllergy(allergy)}</div>
            </div>
          </li>
        ))}
      </RowList>
      {mayWrite && status === 'not_asked' && (
        <div className={classes.foot}>
          <Button size="s" onClick={add}>
            {t('conditions.ask')}
          </Button>
        </div>
      )}
      {change && (
        <Suspense fallback={null}>
          <AllergyDialog
            patientId={patientId}
            allergy={change.item}
            mayDeny={status !== 'listed'}
            onClose={() => {
              setChange(undefined);
            }}
          />
        </Suspense>
      )}
    </Card>
  );
}
