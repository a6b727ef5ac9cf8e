import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { IconButton } from '@/components/ui/button';
import { KeyHint } from '@/components/ui/key-hint';
import { useFocusReturn } from '@/components/ui/use-focus-return';
import { useCan } from '@/lib/permissions';
import { t as common } from '@/lib/t';
import { MIN_LETTERS, paletteSearch } from './api';
import { paletteGroups, type PaletteGroup, type PaletteItem, type Place } from './items';
import classes from './palette.module.css';
import { PaletteFoot, PaletteList } from './palette-list';
import { t } from './t';

const DEBOUNCE_MS = 120;

interface PaletteProps {
  places: readonly Place[];
  onClose: () => void;
}

/** What is typed, what was found for it, and what to say about it. */
function usePaletteSearch(places: readonly Place[]) {
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text, DEBOUNCE_MS);
  const can = useCan();
  const canSearch = can('patient:read');
  const options = paletteSearch(query);
  const search = useQuery({ ...options, enabled: canSearch && options.enabled === true });
  const patients = canSearch ? (search.data?.items ?? []) : [];
  const groups = paletteGroups({ query: text, patients, places, canRegister: can('patient:write') });
  const isSearched = query.trim().length >= MIN_LETTERS;
  const status = describeSearch(isSearched, search.isFetching, search.isError, patients.length, query);
  return { text, setText, groups, status };
}

function describeSearch(searched: boolean, fetching: boolean, failed: boolean, count: number, query: string): string {
  if (failed) return t('failed');
  if (!searched) return '';
  if (count > 0) return t('count', { count });
  return fetching ? t('searching') : t('nothing', { query: query.trim() });
}

function step(groups: readonly PaletteGroup[], active: string | undefined, by: 1 | -1): string | undefined {
  const keys = groups.flatMap((group) => group.items.map((item) => item.key));
  const index = keys.indexOf(active ?? '');
  return keys[(index + by + keys.length) % keys.length];
}

/** Finds a patient or a screen from anywhere. A search term never enters the address bar. */
export function Palette({ places, onClose }: PaletteProps) {
  const navigate = useNavigate();
  const listId = useId();
  const { text, setText, groups, status } = usePaletteSearch(places);
  const [chosen, setChosen] = useState<string>();
  useFocusReturn(true);

  const items = groups.flatMap((group) => group.items);
  const active = items.find((item) => item.key === chosen) ?? items[0];

  const open = (item: PaletteItem, inNewTab: boolean) => {
    if (inNewTab) {
      window.open(item.href, '_blank', 'noopener');
      return;
    }
    item.prepare?.();
    onClose();
    void navigate({ href: item.href });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setChosen(step(groups, active?.key, event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter' && active && !event.nativeEvent.isComposing) {
      event.preventDefault();
      open(active, event.ctrlKey || event.metaKey);
    }
  };

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={640}
      yOffset={96}
      lockScroll={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      classNames={{ inner: classes.inner, content: classes.content }}
    >
      <Modal.Overlay className={classes.overlay} />
      <Modal.Content aria-label={t('label')}>
        <div className={classes.field}>
          <IconSearch size={20} stroke={1.8} aria-hidden />
          <input
            data-autofocus
            type="search"
            role="combobox"
            aria-label={t('placeholder')}
            aria-autocomplete="list"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={active ? `${listId}-${active.key}` : undefined}
            autoComplete="off"
            spellCheck={false}
            placeholder={t('placeholder')}
            className={classes.input}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setChosen(undefined);
            }}
            onKeyDown={onKeyDown}
          />
          <span role="status" className={classes.status}>
            {status}
          </span>
          <span className={classes.escape}>
            <KeyHint>{t('keys.escape')}</KeyHint>
          </span>
          <IconButton
            label={common('actions.close')}
            icon={<IconX aria-hidden />}
            className={classes.close}
            onClick={onClose}
          />
        </div>
        <PaletteList id={listId} groups={groups} activeKey={active?.key} onHover={setChosen} onOpen={open} />
        <PaletteFoot />
      </Modal.Content>
    </Modal.Root>
  );
}
