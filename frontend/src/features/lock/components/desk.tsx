import { useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Form } from '@/components/ui/form';
import { PasswordField } from '@/components/ui/password-field';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { asWhole, isStatus } from '@/lib/api/error';
import type { DeskPerson } from '@/lib/api/types';
import { describeError } from '@/lib/errors';
import { field, useAppForm } from '@/lib/form';
import { initials } from '@/lib/format';
import { roleLabel } from '@/lib/roles';
import { useMe } from '@/lib/session';
import { hasUnsavedChanges, startAnew } from '@/lib/start-anew';
import { t as common } from '@/lib/t';
import { useDesk, useDeskSwitch } from '../api';
import { t } from '../t';
import classes from './lock-screen.module.css';

interface PinValues extends Record<string, unknown> {
  pin: string;
}

/** Too many wrong PINs end the session of the person who was tried. */
function explain(error: unknown): string {
  return isStatus(error, 401) || isStatus(error, 404) ? t('desk.ended') : describeError(error).message;
}

function PinForm({ person }: { person: DeskPerson }) {
  const change = useDeskSwitch();
  const schema = ({ pin }: PinValues): Record<string, string> => (pin === '' ? { pin: common('form.required') } : {});
  const form = useAppForm<PinValues>({ schema, initialValues: { pin: '' }, judgesOnLeaving: false });
  const submit = async ({ pin }: PinValues) => {
    form.setValues({ pin: '' });
    try {
      await change.mutateAsync({ user_id: person.user_id, pin });
    } catch (error) {
      throw asWhole(error);
    }
  };
  return (
    <Form form={form} onSubmit={submit} explain={explain} className={classes.form}>
      <PasswordField
        label={t('desk.pinOf', { name: person.full_name })}
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        size="l"
        {...field(form, 'pin')}
      />
      <Button type="submit" variant="primary" size="l" fullWidth loading={change.isPending}>
        {t('desk.enter')}
      </Button>
    </Form>
  );
}

/** Who has no PIN signs in as anywhere. */
function choose(person: DeskPerson, onPin: (person: DeskPerson) => void): void {
  if (person.has_pin) onPin(person);
  else startAnew(paths.signIn);
}

interface PeopleProps {
  people: readonly DeskPerson[];
  onPin: (person: DeskPerson) => void;
}

function People({ people, onPin }: PeopleProps) {
  if (people.length === 0) return <p className={classes.text}>{t('desk.empty')}</p>;
  return (
    <ul className={classes.people} aria-label={t('desk.list')}>
      {people.map((person) => (
        <li key={person.user_id}>
          <button
            type="button"
            className={classes.person}
            onClick={() => {
              choose(person, onPin);
            }}
          >
            <Avatar initials={initials(person.full_name)} seed={person.user_id} />
            <span className={classes.who}>
              <span className={classes.name}>{person.full_name}</span>
              <span className={classes.caption}>
                {person.has_pin ? roleLabel(person.role) : t('desk.noPin')}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Hands the computer to somebody else of the desk; who leaves stays locked, with her drafts. */
export function Desk({ onBack }: { onBack: () => void }) {
  const { user } = useMe();
  const desk = useDesk();
  const [person, setPerson] = useState<DeskPerson>();
  const [isUnsaved] = useState(hasUnsavedChanges);
  const others = desk.data?.items.filter(({ user_id }) => user_id !== user.id);
  return (
    <>
      <h1 className={classes.title}>{t('desk.title')}</h1>
      <p className={classes.text}>{t('desk.text')}</p>
      {isUnsaved && <p className={classes.unsaved}>{t('desk.unsaved', { name: user.full_name })}</p>}
      {desk.isPending && <SkeletonRows rows={2} />}
      {desk.isError && <ErrorState error={desk.error} onRetry={() => void desk.refetch()} />}
      {others && (person ? <PinForm key={person.user_id} person={person} /> : <People people={others} onPin={setPerson} />)}
      <div className={classes.others}>
        <Button
          variant="ghost"
          size="s"
          autoFocus
          onClick={() => {
            if (person) setPerson(undefined);
            else onBack();
          }}
        >
          {t('back')}
        </Button>
        <Button
          variant="ghost"
          size="s"
          onClick={() => {
            startAnew(paths.signIn);
          }}
        >
          {t('other')}
        </Button>
      </div>
    </>
  );
}
