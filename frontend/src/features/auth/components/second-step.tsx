import { IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Form } from '@/components/ui/form';
import { TextField } from '@/components/ui/text-field';
import { TextLink } from '@/components/ui/text-link';
import { paths } from '@/config/paths';
import { checkField, field, useAppForm } from '@/lib/form';
import { checkCode, explainCode, type SecondFactor } from '../second-factor';
import { t } from '../steps-t';
import classes from './second-step.module.css';

/** With what the second factor is given. */
type Way = 'totp' | 'passkey' | 'recovery_code';

interface CodeFormProps {
  way: 'totp' | 'recovery_code';
  canRemember: boolean;
  isPending: boolean;
  onSubmit: (factor: SecondFactor) => Promise<void>;
}

interface CodeValues extends Record<string, unknown> {
  totp_code: string;
  remember_device: boolean;
}

function CodeForm({ way, canRemember, isPending, onSubmit }: CodeFormProps) {
  const isTotp = way === 'totp';
  const form = useAppForm<CodeValues>({
    schema: ({ totp_code }) => checkCode(way, totp_code),
    initialValues: { totp_code: '', remember_device: false },
    judgesOnLeaving: false,
  });
  const submit = ({ totp_code, remember_device }: CodeValues) =>
    onSubmit({ totp_code: totp_code.trim(), ...(canRemember && remember_device && { remember_device }) });
  return (
    <Form form={form} onSubmit={submit} explain={(error) => explainCode(error, way)} className={classes.form}>
      <TextField
        label={t(isTotp ? 'second.code' : 'second.recoveryCode')}
        inputMode={isTotp ? 'numeric' : 'text'}
        autoComplete={isTotp ? 'one-time-code' : 'off'}
        autoCapitalize="characters"
        spellCheck={false}
        identifier
        autoFocus
        size="l"
        data-autofocus
        {...field(form, 'totp_code')}
      />
      {canRemember && (
        <Checkbox
          label={t('second.remember')}
          hint={t('second.rememberHint')}
          {...checkField(form, 'remember_device')}
        />
      )}
      <Button type="submit" variant="primary" size="l" fullWidth loading={isPending}>
        {t('second.submit')}
      </Button>
    </Form>
  );
}

interface PasskeyFormProps {
  isPending: boolean;
  onPasskey: () => Promise<void>;
}

function PasskeyForm({ isPending, onPasskey }: PasskeyFormProps) {
  const form = useAppForm<Record<string, unknown>>({ schema: () => ({}), initialValues: {} });
  return (
    <Form form={form} onSubmit={onPasskey} explain={(error) => explainCode(error, 'passkey')} className={classes.form}>
      <Button
        type="submit"
        variant="primary"
        size="l"
        fullWidth
        autoFocus
        data-autofocus
        loading={isPending}
        icon={<IconFingerprint stroke={1.7} aria-hidden />}
      >
        {t('second.passkey')}
      </Button>
    </Form>
  );
}

const TEXTS = { totp: 'second.text', passkey: 'second.textPasskey', recovery_code: 'second.textRecovery' } as const;
const OTHERS = { totp: 'second.useCode', passkey: 'second.passkey', recovery_code: 'second.useRecovery' } as const;
const WAYS: readonly Way[] = ['totp', 'passkey', 'recovery_code'];

interface SecondStepProps {
  /** What the server takes of this person. */
  methods: readonly string[];
  /** Whether this browser may be remembered. */
  canRemember?: boolean;
  isPending: boolean;
  onCode: (factor: SecondFactor) => Promise<void>;
  onPasskey: () => Promise<void>;
  /** Back to another account; left out where the person is fixed. */
  onBack?: (() => void) | undefined;
}

/** The second factor, in place of the password: a code, a passkey, or a recovery code. */
export function SecondStep({ methods, canRemember = true, isPending, onCode, onPasskey, onBack }: SecondStepProps) {
  const ways = WAYS.filter((one) => methods.includes(one));
  const [way, setWay] = useState<Way>(ways[0] ?? 'totp');
  return (
    <>
      <p className={classes.text}>{t(TEXTS[way])}</p>
      {way === 'passkey' ? (
        <PasskeyForm isPending={isPending} onPasskey={onPasskey} />
      ) : (
        <CodeForm key={way} way={way} canRemember={canRemember} isPending={isPending} onSubmit={onCode} />
      )}
      <div className={classes.others}>
        {ways
          .filter((one) => one !== way)
          .map((one) => (
            <Button
              key={one}
              variant="ghost"
              size="s"
              onClick={() => {
                setWay(one);
              }}
            >
              {t(OTHERS[one])}
            </Button>
          ))}
        {onBack && (
          <>
            <TextLink to={paths.lostFactor}>{t('second.lost')}</TextLink>
            <Button variant="ghost" size="s" onClick={onBack}>
              {t('second.back')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
