import { IconAlertTriangle } from '@tabler/icons-react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import type { Duplicate } from '@/lib/api/types';
import { formatDate, initials, patientName } from '@/lib/format';
import { t } from '../t';
import classes from './duplicates-card.module.css';

const SHOWN = 3;

/** Families share a phone: who has only that in common gives way to the others. */
function likeliest(duplicates: readonly Duplicate[]): readonly Duplicate[] {
  const strong = duplicates.filter(({ reasons }) => reasons.some((reason) => reason !== 'same_phone'));
  return (strong.length > 0 ? strong : duplicates).slice(0, SHOWN);
}

/** From the strongest to the weakest. */
const REASONS = ['same_curp', 'same_name_and_birth_date', 'similar_name_same_birth_date', 'same_phone'] as const;

function reasonOf(duplicate: Duplicate): string {
  const strongest = REASONS.find((reason) => duplicate.reasons.includes(reason));
  return t(`duplicates.${strongest ?? 'similar_name_same_birth_date'}`);
}

interface CandidateProps {
  duplicate: Duplicate;
  onOpen: (id: string) => void;
  onDismiss: (id: string) => void;
}

function Candidate({ duplicate, onOpen, onDismiss }: CandidateProps) {
  const name = patientName(duplicate);
  const born = duplicate.birth_date ? formatDate(duplicate.birth_date) : '';
  const details = [duplicate.record_number, born, duplicate.curp ?? t('duplicates.withoutCurp')].filter(Boolean);
  return (
    <li className={classes.candidate}>
      <p>{reasonOf(duplicate)}</p>
      <div className={classes.person}>
        <Avatar initials={initials(duplicate.given_names, duplicate.first_surname)} seed={duplicate.id} />
        <div className={classes.words}>
          <div className={classes.name}>{name}</div>
          <div className={classes.details}>{details.join(' · ')}</div>
        </div>
      </div>
      <div className={classes.actions}>
        <Button
          size="s"
          aria-label={t('duplicates.openOf', { name })}
          onClick={() => {
            onOpen(duplicate.id);
          }}
        >
          {t('duplicates.open')}
        </Button>
        <Button
          size="s"
          variant="ghost"
          aria-label={t('duplicates.dismissOf', { name })}
          onClick={() => {
            onDismiss(duplicate.id);
          }}
        >
          {t('duplicates.dismiss')}
        </Button>
      </div>
    </li>
  );
}

interface DuplicatesCardProps {
  id: string;
  duplicates: readonly Duplicate[];
  onOpen: (id: string) => void;
  onDismiss: (id: string) => void;
}

/** Who the person may already be. It never stops the saving. */
export function DuplicatesCard({ id, duplicates, onOpen, onDismiss }: DuplicatesCardProps) {
  return (
    <div role="status">
      {duplicates.length > 0 && (
        <section id={id} tabIndex={-1} aria-labelledby={`${id}-title`} className={classes.card}>
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
          <div className={classes.content}>
            <h2 id={`${id}-title`} className={classes.title}>
              {t('duplicates.title')}
            </h2>
            <ul className={classes.list}>
              {likeliest(duplicates).map((duplicate) => (
                <Candidate key={duplicate.id} duplicate={duplicate} onOpen={onOpen} onDismiss={onDismiss} />
              ))}
            </ul>
          </div>
        </section>
      )}
    </div>
  );
}
