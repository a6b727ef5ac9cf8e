import * as z from 'zod/mini';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { TextAreaField } from '@/components/ui/text-area-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import { requiredText } from '@/lib/validation';
import { useAddAddendum, type Consultation } from '../api';
import { more } from '../more-t';
import classes from './dialog-form.module.css';

const LONGEST_TEXT = 20_000;

interface AddendumValues extends Record<string, unknown> {
  text: string;
  password: string;
}

const schema = z.object({ text: requiredText(LONGEST_TEXT), password: requiredText(1_000) });

/** Adds a text to a signed note, with a date and a signature of its own. */
export function AddendumDialog({ consultation, onClose }: { consultation: Consultation; onClose: () => void }) {
  const { user } = useMe();
  const add = useAddAddendum(consultation);
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<AddendumValues>({ schema, initialValues: { text: '', password: '' } });
  const submit = async ({ text, password }: AddendumValues) => {
    try {
      await add.mutateAsync({ text: text.trim(), password, key });
    } catch (error) {
      renew();
      throw error;
    }
    onClose();
  };
  return (
    <Dialog opened onClose={onClose} title={more('addendum.title')}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <p className={classes.text}>{more('addendum.text')}</p>
        <TextAreaField
          label={more('addendum.field')}
          rows={6}
          maxLength={LONGEST_TEXT}
          data-autofocus
          {...field(form, 'text')}
        />
        {/* Lets the password manager find the right entry; the person is fixed. */}
        <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
        <PasswordField label={more('addendum.password')} autoComplete="current-password" {...field(form, 'password')} />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={add.isPending}>
            {more('addendum.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
