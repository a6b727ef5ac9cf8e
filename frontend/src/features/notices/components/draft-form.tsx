import type { UseFormReturnType } from '@mantine/form';
import { Card } from '@/components/ui/card';
import { Form } from '@/components/ui/form';
import { TextAreaField } from '@/components/ui/text-area-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { t } from '../t';
import type { DraftValues, ElementKey } from '../words';
import classes from './draft-form.module.css';

const SUMMARY_ROWS = 5;
const LEAST_ROWS = 4;
const MOST_ROWS = 16;
const LINE_LENGTH = 90;

/** Enough lines that most of the text is in sight. */
function rowsFor(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + 1 + Math.floor(line.length / LINE_LENGTH), 0);
  return Math.min(Math.max(lines, LEAST_ROWS), MOST_ROWS);
}

interface DraftFormProps {
  id: string;
  form: UseFormReturnType<DraftValues>;
  elements: readonly ElementKey[];
  onSubmit: (values: DraftValues) => Promise<void>;
}

/** The words of a draft, part by part as the law asks for them. */
export function DraftForm({ id, form, elements, onSubmit }: DraftFormProps) {
  return (
    <Form id={id} form={form} onSubmit={onSubmit} className={classes.form}>
      <p className={classes.intro}>
        {t('draft.intro', { example: '{{responsable}}' })} {t('draft.marks')}
      </p>
      <Card title={t('draft.summary')}>
        <TextAreaField label={t('draft.summary')} rows={SUMMARY_ROWS} className={classes.only} {...field(form, 'summary')} />
      </Card>
      {elements.map((key) => (
        <Card key={key} title={t('draft.element', { number: key })}>
          <div className={classes.fields}>
            <p className={classes.demand}>{t(`draft.demands.${key}`)}</p>
            <TextField label={t('draft.elementTitle', { number: key })} {...field(form, `elements.${key}.title`)} />
            <TextAreaField
              label={t('draft.elementText', { number: key })}
              rows={rowsFor(form.values.elements[key]?.text ?? '')}
              {...field(form, `elements.${key}.text`)}
            />
          </div>
        </Card>
      ))}
    </Form>
  );
}
