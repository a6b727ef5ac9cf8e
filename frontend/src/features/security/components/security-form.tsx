import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Form } from '@/components/ui/form';
import { StaleNotice } from '@/components/ui/stale-notice';
import { TextField } from '@/components/ui/text-field';
import { isStatus } from '@/lib/api/error';
import { checkField, field, useAppForm } from '@/lib/form';
import { showToast } from '@/lib/toast';
import { useSaveClinicSecurity, type ClinicSecurity } from '../api';
import { t } from '../t';
import classes from './security-form.module.css';

interface SecurityValues extends Record<string, unknown> {
  lock_minutes: string;
  factor_required: boolean;
}

const MOST_MINUTES = 120;

function check({ lock_minutes: minutes }: SecurityValues): Record<string, string> {
  const isWhole = /^\d{1,3}$/.test(minutes.trim());
  const isInRange = isWhole && Number(minutes) >= 1 && Number(minutes) <= MOST_MINUTES;
  return isInRange ? {} : { lock_minutes: t('minutesRange') };
}

interface SecurityFormProps {
  security: ClinicSecurity;
  /** Fetches what is in force after a 412. */
  onReload: () => void;
}

/** When sessions lock, and who must have a second factor; saved against the version that was read. */
export function SecurityForm({ security, onReload }: SecurityFormProps) {
  const save = useSaveClinicSecurity();
  const [isStale, setStale] = useState(false);
  const { lock_minutes, factor_required } = security;
  const form = useAppForm<SecurityValues>({
    schema: check,
    initialValues: { lock_minutes: String(lock_minutes), factor_required },
  });
  const submit = async (values: SecurityValues) => {
    const body = { lock_minutes: Number(values.lock_minutes), factor_required: values.factor_required };
    try {
      await save.mutateAsync({ version: security.version, body });
      showToast({ tone: 'success', message: t('saved') });
    } catch (error) {
      if (!isStatus(error, 412)) throw error;
      setStale(true);
    }
  };
  return (
    <Form form={form} onSubmit={submit} className={classes.form}>
      {isStale && <StaleNotice onReload={onReload} />}
      <Card title={t('lock')}>
        <p className={classes.text}>{t('lockText')}</p>
        <TextField
          className={classes.minutes}
          label={t('minutes')}
          hint={t('minutesHint')}
          inputMode="numeric"
          {...field(form, 'lock_minutes')}
        />
      </Card>
      <Card title={t('factor')}>
        <p className={classes.text}>{t('factorText')}</p>
        <Checkbox label={t('required')} hint={t('requiredHint')} {...checkField(form, 'factor_required')} />
      </Card>
      <div className={classes.actions}>
        <Button type="submit" variant="primary" loading={save.isPending}>
          {t('save')}
        </Button>
      </div>
    </Form>
  );
}
