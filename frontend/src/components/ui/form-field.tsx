import { IconAlertCircle, IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import { t } from '@/lib/t';
import classes from './form-field.module.css';

/** What every field takes, whatever its control is. */
export interface FieldProps {
  label: string;
  /** The path in the form's values; the error summary finds the field by it. */
  name?: string | undefined;
  /** Required is the rule and is not marked; this marks the exception. */
  optional?: boolean | undefined;
  /** Said after «(opcional)»: «pero pídala». */
  optionalNote?: string | undefined;
  /** Impossible or missing: blocks saving. */
  error?: ReactNode;
  /** Improbable: worth a look, blocks nothing. */
  warning?: ReactNode;
  /** Checked and right. */
  success?: ReactNode;
  hint?: ReactNode;
  /** Filled in by the program from another field; still editable. */
  tinted?: boolean | undefined;
  className?: string | undefined;
}

/** What the control inside the field must carry. */
export interface ControlProps {
  id: string;
  name: string | undefined;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
  'data-label': string;
  'data-tinted': true | undefined;
}

type Message = { tone: 'error' | 'warning' | 'success' | 'hint'; text: ReactNode };

function strongest({ error, warning, success, hint }: FieldProps): Message | undefined {
  if (isShown(error)) return { tone: 'error', text: error };
  if (isShown(warning)) return { tone: 'warning', text: warning };
  if (isShown(success)) return { tone: 'success', text: success };
  return isShown(hint) ? { tone: 'hint', text: hint } : undefined;
}

function isShown(node: ReactNode): boolean {
  return node !== undefined && node !== null && node !== false && node !== '';
}

const icons = {
  error: <IconAlertCircle size={15} stroke={2} aria-hidden />,
  warning: <IconAlertTriangle size={15} stroke={2} aria-hidden />,
  success: <IconCheck size={15} stroke={2} aria-hidden />,
  hint: null,
};

interface FormFieldProps extends FieldProps {
  children: (control: ControlProps) => ReactNode;
}

/** Label above, control, and one message below: the error, else the warning, else the hint. */
export function FormField(props: FormFieldProps) {
  const id = useId();
  const { label, name, optional = false, optionalNote, tinted = false, className, children } = props;
  const message = strongest(props);
  const messageId = `${id}-message`;
  return (
    <div className={className}>
      <label htmlFor={id} className={classes.label}>
        {label}
        {optional && <span className={classes.optional}> {optionalNote ?? t('form.optional')}</span>}
      </label>
      {children({
        id,
        name,
        'aria-describedby': message ? messageId : undefined,
        'aria-invalid': message?.tone === 'error' ? true : undefined,
        'aria-required': optional ? undefined : true,
        'data-label': label,
        'data-tinted': tinted ? true : undefined,
      })}
      {message && (
        <div id={messageId} className={classes.message} data-tone={message.tone}>
          {icons[message.tone]}
          <span>{message.text}</span>
        </div>
      )}
    </div>
  );
}
