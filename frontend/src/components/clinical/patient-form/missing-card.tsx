import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { focusField } from '@/lib/form-element';
import { t as common } from '@/lib/t';
import { PATIENT_FIELDS } from './fields';
import classes from './patient-form.module.css';
import type { Fault } from './schema';
import { t } from './t';

interface MissingCardProps {
  faults: readonly Fault[];
  /** The form whose fields the entries lead to. */
  formId: string;
  /** What is worth knowing besides. */
  children?: ReactNode;
}

function inPageOrder(faults: readonly Fault[]): readonly Fault[] {
  const place = (fault: Fault) => PATIENT_FIELDS.findIndex((entry) => entry.path === fault.path);
  return [...faults].sort((a, b) => place(a) - place(b));
}

/** A sentence as it reads after a colon. */
function inside(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function words({ path, message }: Fault): string {
  const label = PATIENT_FIELDS.find((entry) => entry.path === path)?.label ?? path;
  return message === common('form.required') ? label : t('missing.item', { field: label, fault: inside(message) });
}

/** What stops the saving, as it stands now, each entry leading to its field. */
export function MissingCard({ faults, formId, children }: MissingCardProps) {
  if (faults.length === 0) {
    return (
      <Card title={t('missing.nothing')} icon={<IconCircleCheck stroke={1.7} aria-hidden />}>
        <p>{t('missing.nothingText')}</p>
        <p className={classes.note}>{children}</p>
      </Card>
    );
  }
  return (
    <Card title={t('missing.title')} icon={<IconAlertCircle stroke={1.7} aria-hidden />}>
      <ul className={classes.missing}>
        {inPageOrder(faults).map((fault) => (
          <li key={fault.path}>
            <button
              type="button"
              className={classes.missingItem}
              onClick={() => {
                focusField(formId, fault.path);
              }}
            >
              {words(fault)}
            </button>
          </li>
        ))}
      </ul>
      <p className={classes.note}>{children}</p>
    </Card>
  );
}
