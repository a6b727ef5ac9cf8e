import type { UseFormReturnType } from '@mantine/form';
import { IconHome } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AddressFields } from '@/components/clinical/address-fields';
import { Card } from '@/components/ui/card';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { t } from './t';
import type { PatientValues } from './values';

interface ContactCardProps {
  form: UseFormReturnType<PatientValues>;
  /** Who else has this phone. */
  phoneWarning?: ReactNode;
}

/** How to reach the person, and where she lives. */
export function ContactCard({ form, phoneWarning }: ContactCardProps) {
  const reach = (className: string | undefined) => (
    <>
      <TextField
        className={className}
        label={t('fields.phone')}
        optional
        optionalNote={t('contact.phoneNote')}
        type="tel"
        autoComplete="off"
        warning={phoneWarning}
        hint={form.values.phone === '' ? t('contact.phoneHint') : undefined}
        {...field(form, 'phone')}
      />
      <TextField
        className={className}
        label={t('fields.email')}
        optional
        type="email"
        inputMode="email"
        autoCapitalize="none"
        autoComplete="off"
        placeholder={t('contact.emailExample')}
        {...field(form, 'email')}
      />
    </>
  );
  return (
    <Card title={t('cards.contact')} icon={<IconHome stroke={1.7} aria-hidden />}>
      <AddressFields form={form} before={reach} optional={form.values.identity_status === 'provisional'} />
    </Card>
  );
}
