import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { ButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { PageTitle, useDocumentTitle } from '@/components/ui/page-header';
import { SkeletonRows } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import type { Invitation } from '@/lib/api/types';
import { DEFAULT_ZONE, formatInstant } from '@/lib/format';
import { roleLabel } from '@/lib/roles';
import { AuthLayout } from '../components/auth-layout';
import { InvitationForm } from '../components/invitation-form';
import { Outcome } from '../components/outcome';
import { goneBecause } from '../invitation';
import { useInvitation } from '../invitation-api';
import { t } from '../invitation-t';
import pageClasses from './auth-pages.module.css';
import classes from './invitation-page.module.css';

function Facts({ invitation }: { invitation: Invitation }) {
  return (
    <dl className={classes.facts}>
      <dt>{t('role')}</dt>
      <dd>{roleLabel(invitation.role)}</dd>
      <dt>{t('email')}</dt>
      <dd>{invitation.email}</dd>
      <dt>{t('until')}</dt>
      <dd>{formatInstant(invitation.expires_at, DEFAULT_ZONE)}</dd>
    </dl>
  );
}

function Gone({ because }: { because: NonNullable<ReturnType<typeof goneBecause>> }) {
  return (
    <Outcome title={t(`gone.${because}Title`)} texts={[t(`gone.${because}`)]}>
      <ButtonLink to={paths.signIn}>{t('toSignIn')}</ButtonLink>
    </Outcome>
  );
}

function Opened({ token }: { token: string }) {
  const navigate = useNavigate();
  const { data: invitation, error, refetch } = useInvitation(token);
  const [refusal, setRefusal] = useState<unknown>();
  const because = goneBecause(refusal ?? error);
  if (because !== undefined) return <Gone because={because} />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (invitation === undefined) return <SkeletonRows />;
  return (
    <>
      <PageTitle
        title={t('heading', { clinic: invitation.clinic_name })}
        documentTitle={t('title')}
        className={pageClasses.title}
      />
      <p className={pageClasses.subtitle}>
        {t('by', { name: invitation.invited_by, clinic: invitation.clinic_name })}
      </p>
      <Facts invitation={invitation} />
      <InvitationForm
        invitation={invitation}
        token={token}
        onAccepted={() => navigate({ to: paths.home, replace: true })}
        onGone={setRefusal}
      />
    </>
  );
}

/** Where the link of an invitation leads: who invites, to what, and the way in. */
export function InvitationPage() {
  const { token } = useParams({ from: paths.invitation });
  useDocumentTitle(t('title'));
  return (
    <AuthLayout wide>
      <Opened token={token} />
    </AuthLayout>
  );
}
