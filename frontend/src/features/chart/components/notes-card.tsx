import { IconLock, IconNotes, IconPencil } from '@tabler/icons-react';
import { StatusChip } from '@/components/ui/chip';
import { Card } from '@/components/ui/card';
import { RowList } from '@/components/ui/row-list';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import type { ChartSummary } from '@/lib/api/types';
import { formatRecent } from '@/lib/format';
import { useZone } from '@/lib/office';
import { useMe } from '@/lib/session';
import { useToday } from '@/lib/today';
import { t } from '../t';
import classes from './rows.module.css';

type Note = ChartSummary['notes'][number];

function Status({ status }: Pick<Note, 'status'>) {
  if (status === 'signed') {
    return (
      <StatusChip family="green" icon={<IconLock aria-hidden />}>
        {t('notes.signed')}
      </StatusChip>
    );
  }
  return (
    <StatusChip family="amber" icon={<IconPencil aria-hidden />}>
      {t('notes.draft')}
    </StatusChip>
  );
}

function NoteRow({ patientId, note }: { patientId: string; note: Note }) {
  const zone = useZone();
  const today = useToday();
  const { user } = useMe();
  const { id, label, status, author, opened_at: openedAt, excerpt } = note;
  // Somebody else's draft is only named.
  const mayOpen = status === 'signed' || author.id === user.id;
  return (
    <li>
      <div className={classes.row}>
        <div className={classes.words}>
          {mayOpen ? (
            <TextLink to={paths.consultation} params={{ patientId, consultationId: id }}>
              {label}
            </TextLink>
          ) : (
            label
          )}
          <span className={classes.detail}>{` · ${formatRecent(openedAt, zone, today)}`}</span>
        </div>
        <Status status={status} />
      </div>
      {excerpt !== undefined && <p className={classes.excerpt}>{excerpt}</p>}
    </li>
  );
}

interface NotesCardProps {
  patientId: string;
  notes: readonly Note[];
  /** How many there are in all. */
  count: number;
}

/** The last notes, each with how it stands. */
export function NotesCard({ patientId, notes, count }: NotesCardProps) {
  const all = count > notes.length && (
    <TextLink to={paths.patientConsultations} params={{ patientId }}>
      {t('notes.all', { count })}
    </TextLink>
  );
  return (
    <Card
      divided
      padding="none"
      title={t('notes.title')}
      icon={<IconNotes stroke={1.7} aria-hidden />}
      action={all || undefined}
    >
      {notes.length === 0 && <p className={classes.nothing}>{t('notes.none')}</p>}
      <RowList>
        {notes.map((note) => (
          <NoteRow key={note.id} patientId={patientId} note={note} />
        ))}
      </RowList>
    </Card>
  );
}
