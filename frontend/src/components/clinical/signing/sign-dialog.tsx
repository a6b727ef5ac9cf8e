import { IconLock } from '@tabler/icons-react';
import { Fragment, useId } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Form } from '@/components/ui/form';
import { FormFooter } from '@/components/ui/form-footer';
import { useIdempotencyKey } from '@/lib/api/idempotency';
import { useAppForm } from '@/lib/form';
import { useMe } from '@/lib/session';
import classes from '../dialogs.module.css';
import { checkProof, NO_PROOF, type Proof } from './proof';
import { ProofField } from './proof-field';
import { t } from './t';

/** One thing that is about to be signed: in one line, or in several. */
export interface SignedFact {
  label: string;
  value: string | readonly string[];
}

function Value({ value }: Pick<SignedFact, 'value'>) {
  if (typeof value === 'string') return value;
  return (
    <ul className={classes.lines}>
      {value.map((line, index) => (
        <li key={`${String(index)} ${line}`}>{line}</li>
      ))}
    </ul>
  );
}

/** What is about to be signed, in few words: of whom, what, and by whom. */
function Summary({ patient, facts }: { patient: string; facts: readonly SignedFact[] }) {
  const { user } = useMe();
  const signer = user.license_number
    ? t('license', { name: user.full_name, license: user.license_number })
    : user.full_name;
  const all = [{ label: t('patient'), value: patient }, ...facts, { label: t('by'), value: signer }];
  return (
    <dl className={classes.facts}>
      {all.map(({ label, value }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  );
}

interface SignDialogProps {
  /** What is signed, as its title and as the verb of its button. */
  title: string;
  /** What signing means for this document. */
  text: string;
  patient: string;
  facts: readonly SignedFact[];
  /** Signs with this proof; throws what the server says. The key makes two presses one act. */
  onSign: (proof: Proof, key: string) => Promise<void>;
  isSigning: boolean;
  onClose: () => void;
}

/** Asks for the proof over what is about to be signed. A wrong one keeps everything as it is. */
export function SignDialog({ title, text, patient, facts, onSign, isSigning, onClose }: SignDialogProps) {
  const formId = useId();
  const { key, renew } = useIdempotencyKey();
  const form = useAppForm<Proof & Record<string, unknown>>({ schema: checkProof, initialValues: { ...NO_PROOF } });
  const submit = async (proof: Proof) => {
    try {
      await onSign(proof, key);
    } catch (error) {
      renew();
      throw error;
    }
  };
  const lock = <IconLock stroke={1.7} aria-hidden />;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      icon={lock}
      footer={<FormFooter form={formId} submit={title} icon={lock} loading={isSigning} onCancel={onClose} />}
    >
      <Form id={formId} form={form} onSubmit={submit} className={classes.form}>
        <Summary patient={patient} facts={facts} />
        <p className={classes.text}>{text}</p>
        <ProofField form={form} isFirst />
      </Form>
    </Dialog>
  );
}
