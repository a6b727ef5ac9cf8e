import { useState } from 'react';
import { AddressFields } from '@/components/clinical/address-fields';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Form } from '@/components/ui/form';
import { StaleNotice } from '@/components/ui/stale-notice';
import { TextField } from '@/components/ui/text-field';
import { isStatus } from '@/lib/api/error';
import type { Clinic } from '@/lib/api/types';
import { field, useAppForm } from '@/lib/form';
import { showToast } from '@/lib/toast';
import { useSaveClinic } from '../api';
import { clinicSchema, toClinicInput, toClinicValues, type ClinicValues } from '../schema';
import { t } from '../t';
import classes from './clinic-form.module.css';
import { ContactFields, IdentityFields } from './fields';

interface ClinicFormProps {
  clinic: Clinic;
  /** Fetches the current data after a 412. */
  onReload: () => void;
}

/** All of the clinic's own data, saved at once against the version that was read. */
export function ClinicForm({ clinic, onReload }: ClinicFormProps) {
  const save = useSaveClinic();
  const [isStale, setStale] = useState(false);
  const form = useAppForm<ClinicValues>({ schema: clinicSchema, initialValues: toClinicValues(clinic) });
  const submit = async (values: ClinicValues) => {
    try {
      await save.mutateAsync({ version: clinic.version, body: toClinicInput(values) });
      showToast({ tone: 'success', message: t('clinic.saved') });
    } catch (error) {
      if (!isStatus(error, 412)) throw error;
      setStale(true);
    }
  };
  return (
    <Form form={form} onSubmit={submit} className={classes.form}>
      {isStale && <StaleNotice onReload={onReload} />}
      <Card title={t('clinic.identity')}>
        <IdentityFields form={form} />
        <div className={classes.last}>
          <TextField label={t('fields.custodian')} optional {...field(form, 'custodian')} />
        </div>
      </Card>
      <Card title={t('clinic.address')}>
        <AddressFields form={form} />
      </Card>
      <Card title={t('clinic.privacy')}>
        <ContactFields form={form} />
      </Card>
      <div className={classes.actions}>
        <Button type="submit" variant="primary" loading={save.isPending}>
          {t('clinic.save')}
        </Button>
      </div>
    </Form>
  );
}
