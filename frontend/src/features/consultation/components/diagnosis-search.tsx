import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Combobox } from '@/components/ui/combobox';
import { diagnosesQuery, type FoundDiagnosis } from '../api';
import { t } from '../t';
import classes from './diagnoses-section.module.css';

const SEARCH_MS = 120;

/** The field that finds a diagnosis and gives it to the note. */
export function DiagnosisSearch({ onAdd, label }: { onAdd: (found: FoundDiagnosis) => void; label: string }) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, SEARCH_MS);
  const found = useQuery(diagnosesQuery(asked));
  // Only what answers the last letter can be taken: a list of before would put another diagnosis in the note.
  const isSettled = asked === text && !found.isPlaceholderData;
  const items = isSettled ? (found.data ?? []) : [];
  const options = items.map((item) => ({
    value: item.code,
    label: item.label,
    code: item.favorite === true ? t('diagnoses.frequent', { code: item.code }) : item.code,
  }));
  return (
    <div className={classes.add}>
      <Combobox
        optional
        label={label}
        placeholder={t('diagnoses.placeholder')}
        value=""
        options={options}
        onSearch={setText}
        searching={!isSettled}
        onChange={(code) => {
          const item = items.find((one) => one.code === code);
          if (!item) return;
          setText('');
          onAdd(item);
        }}
      />
    </div>
  );
}
