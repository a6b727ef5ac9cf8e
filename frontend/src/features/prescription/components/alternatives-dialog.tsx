import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { SkeletonRows } from '@/components/ui/skeleton';
import { TextField } from '@/components/ui/text-field';
import { alternatives as t } from '../alternatives-t';
import { alternativesQuery } from '../api';
import type { Item, Medication } from '../content';
import { AlternativesList } from './alternatives-list';
import classes from './alternatives.module.css';
import { useReceta } from './use-receta';

const SEARCH_MS = 250;
const STEPS: Partial<Record<string, 1 | -1>> = { ArrowUp: -1, ArrowDown: 1 };

/** What is typed, what the server has for it, and which of that Intro takes. */
function useAlternatives(item: Item) {
  const { draft, latest } = useReceta();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const [asked] = useDebouncedValue(text.trim(), SEARCH_MS);
  const query = useQuery(alternativesQuery(latest.id, item.id, asked, () => draft.flush()));
  const found = query.data ?? [];
  // Intro takes only what answers the last letter: the list of before would put another medicine in.
  const isSettled = asked === text.trim() && query.isSuccess && !query.isPlaceholderData;
  const first = text.trim() === '' ? undefined : found[0];
  const active = isSettled ? (found.find(({ id }) => id === chosen) ?? first) : undefined;
  return {
    text,
    query,
    found,
    active,
    isSettled,
    type: (typed: string) => {
      setText(typed);
      setChosen(undefined);
    },
    move: (by: 1 | -1) => {
      const from = active ? found.indexOf(active) : by > 0 ? -1 : found.length;
      setChosen(found[(from + by + found.length) % found.length]?.id);
    },
  };
}

interface AlternativesDialogProps {
  item: Item;
  onChoose: (medication: Medication) => void;
  onClose: () => void;
}

/** Medicines of which the patient's allergies do not warn, to take the place of one of which they do. */
export function AlternativesDialog({ item, onChoose, onClose }: AlternativesDialogProps) {
  const listId = useId();
  const { text, query, found, active, isSettled, type, move } = useAlternatives(item);
  const isEmpty = isSettled && found.length === 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by !== undefined) {
      event.preventDefault();
      move(by);
    } else if (event.key === 'Enter' && active && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onChoose(active);
    }
  };
  return (
    <Dialog opened onClose={onClose} title={t('title', { name: item.generic_name.toLocaleLowerCase('es-MX') })}>
      <div className={classes.body}>
        <p className={classes.text}>{t('text')}</p>
        <TextField
          optional
          optionalNote=""
          label={t('label')}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={active && `${listId}-${active.id}`}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          leading={<IconSearch stroke={1.8} aria-hidden />}
          value={text}
          onChange={type}
          onKeyDown={onKeyDown}
        />
        <p role="status" className={isEmpty ? classes.text : 'visually-hidden'}>
          {isEmpty ? t(text.trim() === '' ? 'none' : 'nothing') : isSettled ? t('count', { count: found.length }) : t('searching')}
        </p>
        {query.isError ? (
          <ErrorState error={query.error} title={t('load')} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <SkeletonRows />
        ) : (
          <AlternativesList id={listId} found={found} activeId={active?.id} onChoose={onChoose} />
        )}
      </div>
    </Dialog>
  );
}
