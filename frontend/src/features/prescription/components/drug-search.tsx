import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { medicationsQuery } from '../api';
import { itemNamed, itemOf, type Item, type Medication } from '../content';
import { t } from '../t';

const SEARCH_MS = 120;
const FREE = 'free';
const SHORTEST_NAME = 3;

export function titleOf({ generic_name: name, concentration, form }: Medication): string {
  return `${name} ${concentration}, ${form.toLocaleLowerCase('es-MX')}`;
}

/** Products of the catalog, and what was typed itself, for what the catalog does not have. */
function optionsOf(found: readonly Medication[], typed: string) {
  const options = found.map((one) => ({
    value: one.id,
    label: titleOf(one),
    ...(one.favorite === true && { code: t('search.frequent') }),
  }));
  const name = typed.trim();
  if (name.length < SHORTEST_NAME) return options;
  return [...options, { value: FREE, label: t('search.free', { name }) }];
}

interface DrugSearchProps {
  label: string;
  onAdd: (item: Item) => void;
}

/** The field that finds a medicine and gives it to the receta. */
export function DrugSearch({ label, onAdd }: DrugSearchProps) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, SEARCH_MS);
  const found = useQuery(medicationsQuery(asked));
  // Only what answers the last letter can be taken: a list of before would put another medicine in.
  const isSettled = asked === text && !found.isPlaceholderData;
  const items = isSettled ? (found.data ?? []) : [];
  return (
    <Combobox
      optional
      label={label}
      name="agregar"
      optionalNote=""
      placeholder={t('search.placeholder')}
      value=""
      options={isSettled ? optionsOf(items, text) : []}
      onSearch={setText}
      searching={!isSettled}
      onChange={(value) => {
        const medication = items.find(({ id }) => id === value);
        if (medication) onAdd(itemOf(medication));
        else if (value === FREE) onAdd(itemNamed(text.trim()));
        else return;
        setText('');
      }}
    />
  );
}
