import { useMutation } from '@tanstack/react-query';
import { PageTitle } from '@/components/ui/page-header';
import type { SignedIn } from '@/lib/api/types';
import { describeError } from '@/lib/errors';
import { useOneAtATime } from '@/lib/one-at-a-time';
import { roleLabel } from '@/lib/roles';
import pageClasses from '../pages/auth-pages.module.css';
import { t } from '../steps-t';
import { switchClinic } from '../switch-clinic';
import classes from './clinic-choice.module.css';

interface ClinicChoiceProps {
  signedIn: SignedIn;
  /** Goes on in the clinic the session is in already. */
  onStay: () => Promise<void>;
}

/** Which of the person's clinics she is going to work in. */
export function ClinicChoice({ signedIn, onStay }: ClinicChoiceProps) {
  const change = useMutation({ meta: { errors: 'form' }, mutationFn: switchClinic });
  const oneAtATime = useOneAtATime();
  const choose = (clinicId: string) => {
    // The page that was asked for is of whichever clinic it was: another one begins at its own.
    oneAtATime(() => (clinicId === signedIn.clinic.id ? onStay() : change.mutateAsync(clinicId)));
  };
  return (
    <>
      <PageTitle title={t('clinics.title')} className={pageClasses.title} />
      <p className={pageClasses.subtitle}>{t('clinics.text')}</p>
      <ul className={classes.list} aria-label={t('clinics.list')}>
        {signedIn.clinics?.map(({ clinic_id, name, role }, index) => (
          <li key={clinic_id}>
            <button
              type="button"
              className={classes.clinic}
              autoFocus={index === 0}
              onClick={() => {
                choose(clinic_id);
              }}
            >
              <span className={classes.name}>{name}</span>
              <span className={classes.role}>{roleLabel(role)}</span>
            </button>
          </li>
        ))}
      </ul>
      {change.isError && (
        <p role="alert" className={classes.error}>
          {describeError(change.error).message}
        </p>
      )}
    </>
  );
}
