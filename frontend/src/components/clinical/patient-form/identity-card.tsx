import type { UseFormReturnType } from '@mantine/form';
import { IconId, IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { DateField } from '@/components/ui/date-field';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { field } from '@/lib/form';
import { formatAge } from '@/lib/format';
import { BIRTHPLACE_OPTIONS, BLOOD_OPTIONS, SEX_OPTIONS } from './options';
import classes from './patient-form.module.css';
import { curpFaultSoFar } from './schema';
import { t } from './t';
import type { CurpState } from './use-curp';
import { useShows } from './use-shows';
import type { PatientValues } from './values';

interface IdentityCardProps {
  form: UseFormReturnType<PatientValues>;
  curp: CurpState;
  today: string;
}

function FromCurp() {
  return (
    <span className={classes.from}>
      <IconSparkles size={14} stroke={2} aria-hidden />
      {t('curp.from')}
    </span>
  );
}

function CurpField({ form, curp, today }: IdentityCardProps) {
  const bound = field(form, 'curp');
  return (
    <TextField
      className={classes.three}
      label={t('fields.curp')}
      optional
      optionalNote={t('curp.note')}
      identifier
      autoCapitalize="characters"
      autoComplete="off"
      spellCheck={false}
      {...bound}
      onChange={curp.setCurp}
      error={bound.error ?? curpFaultSoFar(form.values.curp, today)}
      success={curp.isRight && t('curp.right')}
    />
  );
}

/** What a field filled from the CURP shows: a tint while it holds, a warning where it disagrees. */
function curpMarks(curp: CurpState, name: 'birth_date' | 'sex' | 'state_of_birth', otherwise?: ReactNode) {
  const tinted = curp.isFilled(name);
  return { tinted, hint: tinted ? <FromCurp /> : otherwise, warning: curp.warnings[name] };
}

function ageHint(birthDate: string, today: string): string {
  const age = formatAge(birthDate, today);
  return age === '' ? '' : t('birth.age', { age });
}

function NameFields({ form, curp }: IdentityCardProps) {
  const name = (path: 'given_names' | 'first_surname' | 'second_surname') => ({
    className: classes.two,
    label: t(`fields.${path}`),
    autoComplete: 'off',
    autoCapitalize: 'words',
    spellCheck: false,
    warning: curp.warnings[path],
    ...field(form, path),
  });
  const unnamed = form.values.identity_status === 'provisional';
  return (
    <>
      <TextField {...name('given_names')} optional={unnamed} />
      <TextField {...name('first_surname')} optional={unnamed} />
      <TextField {...name('second_surname')} optional />
    </>
  );
}

/** Who the person is: the CURP first, since it fills the rest. */
export function IdentityCard(props: IdentityCardProps) {
  const { form, curp, today } = props;
  const shows = useShows();
  return (
    <Card title={t('cards.identity')} icon={<IconId stroke={1.7} aria-hidden />}>
      <div className={classes.grid}>
        <CurpField {...props} />
        <DateField
          className={classes.three}
          label={t('fields.birth_date')}
          optional={form.values.identity_status === 'provisional'}
          today={today}
          {...curpMarks(curp, 'birth_date', ageHint(form.values.birth_date, today))}
          {...field(form, 'birth_date')}
        />
        <NameFields {...props} />
        <SelectField
          className={classes.two}
          label={t('fields.sex')}
          options={SEX_OPTIONS}
          {...curpMarks(curp, 'sex')}
          {...field(form, 'sex')}
        />
        <SelectField
          className={classes.two}
          label={t('fields.state_of_birth')}
          optional
          options={BIRTHPLACE_OPTIONS}
          placeholder={t('none')}
          {...curpMarks(curp, 'state_of_birth')}
          {...field(form, 'state_of_birth')}
        />
        {shows('blood_type') && (
          <SelectField
            className={classes.two}
            label={t('fields.blood_type')}
            optional
            options={BLOOD_OPTIONS}
            placeholder={t('none')}
            {...field(form, 'blood_type')}
          />
        )}
      </div>
    </Card>
  );
}
