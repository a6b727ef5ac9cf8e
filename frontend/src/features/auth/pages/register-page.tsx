import type { UseFormReturnType } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Form } from '@/components/ui/form';
import { PageTitle } from '@/components/ui/page-header';
import { PasswordField } from '@/components/ui/password-field';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { TextAnchor, TextLink } from '@/components/ui/text-link';
import { apiUrl } from '@/config/env';
import { paths } from '@/config/paths';
import { checkField, field, useAppForm } from '@/lib/form';
import { professionOptions } from '@/lib/professions';
import { useRegister } from '../api';
import { AuthLayout } from '../components/auth-layout';
import { emptyRegistration, registerSchema, toRegisterInput, type RegisterValues } from '../schema';
import { t } from '../register-t';
import classes from './auth-pages.module.css';

type RegisterForm = UseFormReturnType<RegisterValues>;

function PersonFields({ form }: { form: RegisterForm }) {
  return (
    <fieldset className={classes.group}>
      <legend>{t('register.you')}</legend>
      <TextField
        className={classes.wide}
        label={t('register.fullName')}
        hint={t('register.fullNameHint')}
        autoComplete="name"
        {...field(form, 'full_name')}
      />
      <TextField
        label={t('register.email')}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        {...field(form, 'email')}
      />
      <TextField
        label={t('register.phone')}
        hint={t('register.phoneHint')}
        type="tel"
        autoComplete="tel-national"
        {...field(form, 'phone')}
      />
      <PasswordField
        className={classes.wide}
        label={t('register.password')}
        hint={t('register.passwordHint')}
        autoComplete="new-password"
        {...field(form, 'password')}
      />
    </fieldset>
  );
}

function ProfessionFields({ form }: { form: RegisterForm }) {
  return (
    <fieldset className={classes.group}>
      <legend>{t('register.profession')}</legend>
      <SelectField label={t('register.professionField')} options={professionOptions} {...field(form, 'profession')} />
      <TextField
        label={t('register.license')}
        hint={t('register.licenseHint')}
        inputMode="numeric"
        identifier
        {...field(form, 'license_number')}
      />
      <TextField
        className={classes.wide}
        label={t('register.institution')}
        {...field(form, 'title_institution')}
      />
      <TextField label={t('register.specialty')} optional {...field(form, 'specialty')} />
      <TextField
        label={t('register.specialtyLicense')}
        optional
        inputMode="numeric"
        identifier
        {...field(form, 'specialty_license_number')}
      />
    </fieldset>
  );
}

function ClinicFields({ form }: { form: RegisterForm }) {
  return (
    <fieldset className={classes.group}>
      <legend>{t('register.clinic')}</legend>
      <TextField
        className={classes.wide}
        label={t('register.clinicName')}
        optional
        hint={t('register.clinicNameHint')}
        autoComplete="organization"
        {...field(form, 'clinic_name')}
      />
    </fieldset>
  );
}

/** A new doctor and her clinic; afterwards the guided start opens. */
export function RegisterPage() {
  const navigate = useNavigate();
  const register = useRegister();
  const form = useAppForm<RegisterValues>({ schema: registerSchema, initialValues: emptyRegistration });
  const submit = async (values: RegisterValues) => {
    await register.mutateAsync(toRegisterInput(values));
    await navigate({ to: paths.start, replace: true });
  };
  const terms = (
    <>
      {t('register.accept')}{' '}
      <TextAnchor href={apiUrl('/terminos')} target="_blank" rel="noreferrer">
        {t('register.acceptTerms')}
      </TextAnchor>
    </>
  );
  return (
    <AuthLayout wide>
      <PageTitle title={t('register.title')} className={classes.title} />
      <p className={classes.subtitle}>{t('register.subtitle')}</p>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <PersonFields form={form} />
        <ProfessionFields form={form} />
        <ClinicFields form={form} />
        <Checkbox label={terms} summaryLabel={t('register.acceptShort')} {...checkField(form, 'accept_terms')} />
        <Button type="submit" variant="primary" size="l" fullWidth loading={register.isPending}>
          {t('register.submit')}
        </Button>
      </Form>
      <p className={classes.after}>
        {t('register.haveAccount')} <TextLink to={paths.signIn}>{t('register.signIn')}</TextLink>
      </p>
    </AuthLayout>
  );
}
