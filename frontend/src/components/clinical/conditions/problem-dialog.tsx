import { useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { useSaveProblem } from '@/lib/conditions';
import { diagnosesQuery } from '@/lib/diagnoses';
import { field, useAppForm } from '@/lib/form';
import { t as common } from '@/lib/t';
import { useToday } from '@/lib/today';
import classes from './conditions.module.css';
import { readOnset, typeOnset } from './onset';
import { t } from './t';

interface KnownProblem {
  id: string;
  version: number;
  code: string;
  label: string;
  status: string;
  onset_on?: string | undefined;
}

interface ProblemValues extends Record<string, unknown> {
  code: string;
  label: string;
  status: string;
  onset: string;
}

const STATUSES = ['active', 'resolved', 'inactive', 'error'] as const;
const SEARCH_MS = 120;

function check(today: string) {
  return ({ code, onset }: ProblemValues): Record<string, string> => ({
    ...(code === '' && { code: common('form.required') }),
    ...(onset.trim() !== '' && readOnset(onset, today) === undefined && { onset: t('problem.onsetError') }),
  });
}

interface ProblemDialogProps {
  patientId: string;
  /** The one that is changed; left out, one is added. */
  problem?: KnownProblem | undefined;
  onClose: () => void;
}

/** Adds a problem to the chart's list, or says that one is over. */
export function ProblemDialog({ patientId, problem, onClose }: ProblemDialogProps) {
  const today = useToday();
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text, SEARCH_MS);
  const found = useQuery(diagnosesQuery(asked));
  // Only what answers the last letter can be taken.
  const isSettled = asked === text && !found.isPlaceholderData;
  const items = isSettled ? (found.data ?? []) : [];
  const save = useSaveProblem(patientId);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<ProblemValues>({
    schema: check(today),
    initialValues: {
      code: problem?.code ?? '',
      label: problem?.label ?? '',
      status: problem?.status ?? 'active',
      onset: typeOnset(problem?.onset_on),
    },
  });
  const submit = async ({ code, label, status, onset }: ProblemValues) => {
    const since = readOnset(onset, today);
    const body = {
      code,
      status: STATUSES.find((one) => one === status) ?? 'active',
      ...(label !== '' && { label }),
      ...(since !== undefined && { onset_on: since }),
    };
    try {
      await save.mutateAsync({ known: problem, body, key });
    } finally {
      renew();
    }
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={problem ? t('problem.editTitle') : t('problem.addTitle')}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <Combobox
          name="code"
          label={t('problem.diagnosis')}
          value={form.values.code}
          selectedLabel={form.values.label}
          options={items.map((item) => ({ value: item.code, label: item.label, code: item.code }))}
          onSearch={setText}
          searching={!isSettled}
          error={form.errors.code}
          onChange={(code) => {
            form.setValues({ code, label: items.find((item) => item.code === code)?.label ?? '' });
            form.clearFieldError('code');
          }}
        />
        <div className={classes.two}>
          <TextField optional label={t('problem.onset')} hint={t('problem.onsetHint')} {...field(form, 'onset')} />
          {problem && (
            <SelectField
              label={t('problem.status')}
              placeholder={null}
              options={STATUSES.map((value) => ({ value, label: t(`problem.${value}`) }))}
              {...field(form, 'status')}
            />
          )}
        </div>
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={save.isPending}>
            {t('problem.save')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
