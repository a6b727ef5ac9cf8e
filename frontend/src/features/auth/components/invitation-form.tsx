import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { isCode } from '@/lib/api/error';
import type { Invitation } from '@/lib/api/types';
import { checkField, field, useAppForm } from '@/lib/form';
import { professionOptions } from '@/lib/professions';
import {
  beginning,
  checkAnswer,
  explainAnswer,
  goneBecause,
  needsLicense,
  toAnswer,
  type InvitationValues,
} from '../invitation';
import { useAcceptInvitation } from '../invitation-api';
import { t } from '../invitation-t';
import pageClasses from '../pages/auth-pages.module.css';
import { LetterText } from './letter-text';
import { NewPasswordField } from './new-password-field';

type AnswerForm = UseFormReturnType<InvitationValues>;

function KnownFields({ form, email, asksCode }: { form: AnswerForm; email: string; asksCode: boolean }) {
  return (
    <fieldset className={pageClasses.group}>
      <legend>{t('knownTitle')}</legend>
      <p className={pageClasses.wide}>{t('knownText')}</p>
      <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={email} />
      <PasswordField
        className={pageClasses.wide}
        label={t('password')}
        autoComplete="current-password"
        {...field(form, 'password')}
      />
      {asksCode && (
        <TextField
          className={pageClasses.wide}
          label={t('code')}
          hint={t('codeHint')}
          autoComplete="one-time-code"
          identifier
          {...field(form, 'totp_code')}
        />
      )}
    </fieldset>
  );
}

function LicenseFields({ form }: { form: AnswerForm }) {
  return (
    <>
      <SelectField label={t('profession')} options={professionOptions} {...field(form, 'profession')} />
      <TextField
        label={t('license')}
        hint={t('licenseHint')}
        inputMode="numeric"
        identifier
        {...field(form, 'license_number')}
      />
      <TextField className={pageClasses.wide} label={t('institution')} {...field(form, 'title_institution')} />
    </>
  );
}

function NewcomerFields({ form, invitation }: { form: AnswerForm; invitation: Invitation }) {
  return (
    <fieldset className={pageClasses.group}>
      <legend>{t('newTitle')}</legend>
      <p className={pageClasses.wide}>{t('newText')}</p>
      <TextField
        className={pageClasses.wide}
        label={t('fullName')}
        hint={t('fullNameHint')}
        autoComplete="name"
        {...field(form, 'full_name')}
      />
      <input
        readOnly
        aria-hidden
        tabIndex={-1}
        className="visually-hidden"
        autoComplete="username"
        value={invitation.email}
      />
      <div className={pageClasses.wide}>
        <NewPasswordField form={form} label={t('password')} />
      </div>
      {needsLicense(invitation) && <LicenseFields form={form} />}
    </fieldset>
  );
}

interface InvitationFormProps {
  invitation: Invitation;
  token: string;
  onAccepted: () => Promise<void>;
  /** The invitation cannot be taken any more, or by this account. */
  onGone: (error: unknown) => void;
}

/** Takes an invitation: with a new account, or with the one that the address has. */
export function InvitationForm({ invitation, token, onAccepted, onGone }: InvitationFormProps) {
  const accept = useAcceptInvitation(token);
  const [asksCode, setAsksCode] = useState(false);
  const form = useAppForm<InvitationValues>({
    schema: checkAnswer(invitation, asksCode),
    initialValues: beginning(invitation),
  });
  const submit = async (values: InvitationValues) => {
    try {
      await accept.mutateAsync(toAnswer(invitation, values));
    } catch (error) {
      if (isCode(error, 'auth.totp_required')) setAsksCode(true);
      if (goneBecause(error) !== undefined) onGone(error);
      throw error;
    }
    await onAccepted();
  };
  return (
    <Form form={form} onSubmit={submit} explain={explainAnswer} className={pageClasses.form}>
      {invitation.has_account ? (
        <KnownFields form={form} email={invitation.email} asksCode={asksCode} />
      ) : (
        <NewcomerFields form={form} invitation={invitation} />
      )}
      <LetterText text={invitation.confidentiality.text} label={t('letter')} />
      <Checkbox label={t('accept')} {...checkField(form, 'accept_confidentiality')} />
      <Button type="submit" variant="primary" size="l" fullWidth loading={accept.isPending}>
        {t('submit')}
      </Button>
    </Form>
  );
}
