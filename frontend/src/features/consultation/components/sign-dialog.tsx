import { IconLock } from '@tabler/icons-react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { field, useAppForm } from '@/lib/form';
import { useMe } from '@/lib/session';
import { t as common } from '@/lib/t';
import type { NoteContent } from '../note';
import type { LiveItem } from '../progress';
import { more } from '../more-t';
import { t } from '../t';
import classes from './dialog-form.module.css';

/** The proof that the signer is who she is; nothing of it is kept. */
export interface ProofValues extends Record<string, unknown> {
  password: string;
}

export function checkProof({ password }: ProofValues): Record<string, string> {
  return password === '' ? { password: common('form.required') } : {};
}

interface SummaryProps {
  patient: string;
  typeLabel: string;
  content: NoteContent;
  items: readonly LiveItem[];
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return more('signing.none');
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** What is about to be signed, in few words. */
function Summary({ patient, typeLabel, content, items }: SummaryProps) {
  const { user } = useMe();
  const answers = items.flatMap(({ title, state, answer }) =>
    state === 'answered' && answer !== undefined ? [`${title}: ${t(`omissions.short.${answer}`).toLowerCase()}`] : [],
  );
  const signer = user.license_number
    ? more('signing.license', { name: user.full_name, license: user.license_number })
    : user.full_name;
  return (
    <dl className={classes.facts}>
      <dt>{more('signing.patient')}</dt>
      <dd>{patient}</dd>
      <dt>{more('signing.type')}</dt>
      <dd>{typeLabel}</dd>
      <dt>{more('signing.diagnoses')}</dt>
      <dd>
        <Lines lines={content.diagnoses.map(({ code, label }) => `${code} ${label}`)} />
      </dd>
      {answers.length > 0 && (
        <>
          <dt>{more('signing.answers')}</dt>
          <dd>
            <Lines lines={answers} />
          </dd>
        </>
      )}
      <dt>{more('signing.by')}</dt>
      <dd>{signer}</dd>
    </dl>
  );
}

interface SignDialogProps extends SummaryProps {
  /** Signs with this proof; throws what the server says. The key makes two presses one act. */
  onSign: (proof: ProofValues, key: string) => Promise<void>;
  isSigning: boolean;
  onClose: () => void;
}

/** Asks for the password over what is about to be signed. A wrong one keeps everything as it is. */
export function SignDialog({ onSign, isSigning, onClose, ...summary }: SignDialogProps) {
  const { user } = useMe();
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<ProofValues>({ schema: checkProof, initialValues: { password: '' } });
  const submit = async (proof: ProofValues) => {
    try {
      await onSign(proof, key);
    } catch (error) {
      renew();
      throw error;
    }
  };
  return (
    <Dialog opened onClose={onClose} title={more('signing.title')} icon={<IconLock stroke={1.7} aria-hidden />}>
      <Form form={form} onSubmit={submit} className={classes.form}>
        <Summary {...summary} />
        <p className={classes.text}>{more('signing.text')}</p>
        {/* Lets the password manager find the right entry; the person is fixed. */}
        <input readOnly aria-hidden tabIndex={-1} className="visually-hidden" autoComplete="username" value={user.email} />
        <PasswordField
          label={more('signing.password')}
          autoComplete="current-password"
          data-autofocus
          {...field(form, 'password')}
        />
        <div className={classes.actions}>
          <Button variant="ghost" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button type="submit" variant="primary" loading={isSigning} icon={<IconLock stroke={1.7} aria-hidden />}>
            {more('signing.submit')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
