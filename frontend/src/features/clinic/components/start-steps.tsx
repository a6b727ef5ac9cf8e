import type { ReactNode } from 'react';
import { useState } from 'react';
import { AddressFields } from '@/components/clinical/address-fields';
import { Button, ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Form } from '@/components/ui/form';
import { paths } from '@/config/paths';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import type { Clinic, Office } from '@/lib/api/types';
import { toAddressValues } from '@/lib/address';
import { useAppForm } from '@/lib/form';
import { useSaveClinic, useSaveOffice } from '../api';
import {
  contactSchema,
  legalSchema,
  officeSchema,
  toClinicInput,
  toClinicValues,
  toOfficeInput,
  toOfficeValues,
  type ClinicValues,
  type OfficeValues,
} from '../schema';
import { t } from '../t';
import { ContactFields, IdentityFields, OfficeFields } from './fields';
import classes from './start-steps.module.css';

interface StepProps {
  clinic: Clinic;
  onDone: () => void;
}

function StepActions({ label, busy }: { label: string; busy: boolean }): ReactNode {
  return (
    <div className={classes.actions}>
      <ButtonLink to={paths.home} variant="ghost">
        {t('start.later')}
      </ButtonLink>
      <Button type="submit" variant="primary" loading={busy}>
        {label}
      </Button>
    </div>
  );
}

/** Who answers for the data, and the legal address. */
export function LegalStep({ clinic, onDone }: StepProps) {
  const save = useSaveClinic();
  const form = useAppForm<ClinicValues>({ schema: legalSchema, initialValues: toClinicValues(clinic) });
  const submit = async (values: ClinicValues) => {
    await save.mutateAsync({ version: clinic.version, body: toClinicInput(values) });
    onDone();
  };
  return (
    <Card title={t('start.legal')}>
      <p className={classes.text}>{t('start.legalText')}</p>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <IdentityFields form={form} />
        <AddressFields form={form} autoComplete />
        <StepActions label={t('start.saveNext')} busy={save.isPending} />
      </Form>
    </Card>
  );
}

/** The first office; its address is often the legal one. */
export function OfficeStep({ clinic, office, onDone }: StepProps & { office: Office | undefined }) {
  const save = useSaveOffice();
  const { key, renew } = useIdempotencyKey();
  const [sameAddress, setSameAddress] = useState(false);
  const form = useAppForm<OfficeValues>({ schema: officeSchema, initialValues: toOfficeValues(office) });
  const copyAddress = (checked: boolean) => {
    setSameAddress(checked);
    if (checked) form.setValues({ address: toAddressValues(clinic.address) });
  };
  const same = clinic.address && (
    <Checkbox label={t('start.sameAddress')} checked={sameAddress} onChange={copyAddress} />
  );
  const submit = async (values: OfficeValues) => {
    try {
      await save.mutateAsync({ office, body: toOfficeInput(values), key });
    } finally {
      renew();
    }
    onDone();
  };
  return (
    <Card title={t('start.office')}>
      <p className={classes.text}>{t('start.officeText')}</p>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <OfficeFields form={form} beforeAddress={same} />
        <StepActions label={t('start.saveNext')} busy={save.isPending} />
      </Form>
    </Card>
  );
}

/** Who answers patients about their data. */
export function PrivacyStep({ clinic, onDone }: StepProps) {
  const save = useSaveClinic();
  const form = useAppForm<ClinicValues>({ schema: contactSchema, initialValues: toClinicValues(clinic) });
  const submit = async (values: ClinicValues) => {
    await save.mutateAsync({ version: clinic.version, body: toClinicInput(values) });
    onDone();
  };
  return (
    <Card title={t('start.privacy')}>
      <p className={classes.text}>{t('start.privacyText')}</p>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <ContactFields form={form} />
        <StepActions label={t('start.finish')} busy={save.isPending} />
      </Form>
    </Card>
  );
}
