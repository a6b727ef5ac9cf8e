import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { IconLock, IconMapSearch, IconMoodConfuzed } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Page } from '@/components/ui/page';
import { PageTitle } from '@/components/ui/page-header';
import { paths } from '@/config/paths';
import { ApiError } from '@/lib/api/error';
import { t } from '@/lib/t';
import classes from './errors.module.css';

interface FullPageProps {
  title: string;
  icon: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}

function FullPage({ title, icon, children, actions }: FullPageProps) {
  return (
    <div className={classes.page}>
      <span className={classes.icon}>{icon}</span>
      <PageTitle title={title} />
      <p className={classes.text}>{children}</p>
      <div className={classes.actions}>
        {actions}
        <ButtonLink to={paths.home}>{t('pages.home')}</ButtonLink>
      </div>
    </div>
  );
}

/** The same for what is absent and for what belongs to another clinic. */
export function NotFoundPage() {
  return (
    <FullPage title={t('pages.notFoundTitle')} icon={<IconMapSearch aria-hidden />}>
      {t('pages.notFoundText')}
    </FullPage>
  );
}

export function ForbiddenPage() {
  return (
    <FullPage title={t('pages.forbiddenTitle')} icon={<IconLock aria-hidden />}>
      {t('pages.forbiddenText')}
    </FullPage>
  );
}

function CrashPage() {
  const reload = (
    <Button
      variant="primary"
      onClick={() => {
        window.location.reload();
      }}
    >
      {t('pages.reload')}
    </Button>
  );
  return (
    <FullPage title={t('pages.crashTitle')} icon={<IconMoodConfuzed aria-hidden />} actions={reload}>
      {t('pages.crashText')}
    </FullPage>
  );
}

/** What is shown in place of a page that could not be loaded or broke. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter();
  if (!(error instanceof ApiError)) return <CrashPage />;
  if (error.status === 404) return <NotFoundPage />;
  if (error.status === 403) return <ForbiddenPage />;
  return (
    <Page>
      <PageTitle title={t('errors.title')} className="visually-hidden" />
      {/* Loads the routes anew; resetting the boundary alone would show the same error again. */}
      <ErrorState error={error} onRetry={() => void router.invalidate()} />
    </Page>
  );
}

/** The same pages where there is no shell around them. */
export function BareNotFoundPage() {
  return (
    <main>
      <NotFoundPage />
    </main>
  );
}

export function BareErrorPage(props: ErrorComponentProps) {
  return (
    <main>
      <ErrorPage {...props} />
    </main>
  );
}
