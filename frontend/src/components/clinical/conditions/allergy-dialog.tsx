import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { allergensQuery, useDenyAllergies, useSaveAllergy } from '@/lib/conditions';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { plain } from '@/lib/text';
import { useToday } from '@/lib/today';
import classes from './conditions.module.css';
import { readOnset, typeOnset } from './onset';
import { t } from './t';

interface KnownAllergy {
  id: string;
  version: number;
  substance: string;
  substance_code?: string | undefined;
  reaction?: string | undefined;
  severity?: 'mild' | 'moderate' | 'severe' | undefined;
  onset_on?: string | undefined;
}

interface AllergyValues extends Record<string, unknown> {
  substance: string;
  code: string;
  reaction: string;
  severity: string;
  status: string;
  onset: string;
}

const SEVERITIES = ['mild', 'moderate', 'severe'] as const;
const STATUSES = ['active', 'inactive', 'error'] as const;
const SEARCH_MS = 120;

function check(today: string) {
  return ({ substance, onset }: AllergyValues): Record<string, string> => ({
    ...(substance.trim() === '' && { substance: common('form.required') }),
    ...(onset.trim() !== '' && readOnset(onset, today) === undefined && { onset: t('problem.onsetError') }),
  });
}

interface SubstanceProps {
  value: string;
  error: ReactNode;
  onChange: (substance: string, code: string) => void;
}

/** A substance of the catalog, or any other that is typed: what is not listed harms all the same. */
function Substance({ value, error, onChange }: SubstanceProps) {
  const [text, setText] = useState(value);
  const [asked] = useDebouncedValue(text, SEARCH_MS);
  const found = useQuery(allergensQuery(asked));
  // Only what answers the last letter can be taken.
  const isSettled = asked === text && !found.isPlaceholderData;
  const items = isSettled ? (found.data ?? []) : [];
  const isListed = items.some(({ label }) => plain(label) === plain(text));
  const options = items.map(({ code, label }) => ({ value: code, label }));
  const own = text.trim() === '' || isListed || !isSettled ? [] : [{ value: `typed:${text}`, label: t('allergy.typed', { text: text.trim() }) }];
  return (
    <Combobox
      name="substance"
      label={t('allergy.substance')}
      hint={t('allergy.substanceHint')}
      value={value}
      selectedLabel={value}
      options={[...options, ...own]}
      onSearch={setText}
      searching={!isSettled}
      error={error}
      onChange={(chosen) => {
        const item = items.find(({ code }) => code === chosen);
        if (item) onChange(item.label, item.code);
        else onChange(chosen.replace(/^typed:/, '').trim(), '');
      }}
    />
  );
}

interface AllergyDialogProps {
  patientId: string;
  /** The one that is changed; left out, one is added. */
  allergy?: KnownAllergy | undefined;
  /** Whether «sin alergias conocidas» may be noted instead. */
  mayDeny: boolean;
  onClose: () => void;
}

/** Adds or changes an allergy, or notes that none is known. */
export function AllergyDialog({ patientId, allergy, mayDeny, onClose }: AllergyDialogProps) {
  const today = useToday();
  const save = useSaveAllergy(patientId);
  const deny = useDenyAllergies(patientId);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<AllergyValues>({
    schema: check(today),
    initialValues: {
      substance: allergy?.substance ?? '',
      code: allergy?.substance_code ?? '',
      reaction: allergy?.reaction ?? '',
      severity: allergy?.severity ?? '',
      status: 'active',
      onset: typeOnset(allergy?.onset_on),
    },
  });
  const submit = async ({ substance, code, reaction, severity, status, onset }: AllergyValues) => {
    const since = readOnset(onset, today);
    const body = {
      substance: substance.trim(),
      status: STATUSES.find((one) => one === status) ?? 'active',
      ...(code !== '' && { substance_code: code }),
      ...(reaction.trim() !== '' && { reaction: reaction.trim() }),
      ...(severity !== '' && { severity: SEVERITIES.find((one) => one === severity) ?? 'mild' }),
      ...(since !== undefined && { onset_on: since }),
    };
    try {
      await save.mutateAsync({ known: allergy, body, key });
    } finally {
      renew();
    }
    onClose();
  };
  const title = allergy ? t('allergy.editTitle') : t('allergy.addTitle');
  return (
    <Dialog opened onClose={onClose} title={title}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <Substance
          value={form.values.substance}
          error={form.errors.substance}
          onChange={(substance, code) => {
            form.setValues({ substance, code });
            form.clearFieldError('substance');
          }}
        />
        <TextField optional label={t('allergy.reaction')} {...field(form, 'reaction')} />
        <div className={classes.two}>
          <SelectField
            optional
            label={t('allergy.severity')}
            placeholder={t('allergy.severityNone')}
            options={SEVERITIES.map((value) => ({ value, label: t(`allergy.${value}`) }))}
            {...field(form, 'severity')}
          />
          <TextField optional label={t('problem.onset')} hint={t('problem.onsetHint')} {...field(form, 'onset')} />
        </div>
        {allergy && (
          <SelectField
            label={t('allergy.status')}
            placeholder={null}
            options={STATUSES.map((value) => ({ value, label: t(`allergy.${value}`) }))}
            {...field(form, 'status')}
          />
        )}
        <div className={classes.actions}>
          {mayDeny && (
            <Button
              loading={deny.isPending}
              onClick={() => {
                deny.mutate(key, { onSuccess: onClose, onSettled: renew });
              }}
            >
              {t('allergy.noneKnownAct')}
            </Button>
          )}
          <Button type="submit" variant="primary" loading={save.isPending}>
            {t('allergy.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
