import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { holdToken } from '@/lib/one-time-token';
import { needsSession, rootRoute } from './root';

/** Only an address inside the SPA may follow the sign-in. */
function localPath(value: unknown): string | undefined {
  return typeof value === 'string' && /^\/(?![/\\])/.test(value) ? value : undefined;
}

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.signIn,
  // A key that is refused must be set to undefined: one that is left out stays as it was typed.
  validateSearch: (search: Record<string, unknown>): { next?: string | undefined } => ({
    next: localPath(search.next),
  }),
  component: lazyRouteComponent(() => import('@/features/auth/pages/sign-in-page'), 'SignInPage'),
});

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.register,
  component: lazyRouteComponent(() => import('@/features/auth/pages/register-page'), 'RegisterPage'),
});

interface Opening {
  location: { pathname: string; hash: string };
}

/** Takes the token of a mail's link out of the address, and out of the history, before anything is shown. */
function takeToken({ location }: Opening): void {
  if (location.hash === '') return;
  holdToken(location.pathname, location.hash);
  throw redirect({ href: location.pathname, replace: true });
}

const recoverRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.recover,
  component: lazyRouteComponent(() => import('@/features/auth/pages/recover-page'), 'RecoverPage'),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.reset,
  beforeLoad: takeToken,
  component: lazyRouteComponent(() => import('@/features/auth/pages/reset-page'), 'ResetPage'),
});

const verifyEmailRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.verifyEmail,
  beforeLoad: async (opening) => {
    takeToken(opening);
    await needsSession(opening);
  },
  component: lazyRouteComponent(() => import('@/features/auth/pages/verify-email-page'), 'VerifyEmailPage'),
});

const lostFactorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.lostFactor,
  component: lazyRouteComponent(() => import('@/features/auth/pages/lost-factor-page'), 'LostFactorPage'),
});

const cancelFactorResetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.cancelFactorReset,
  beforeLoad: takeToken,
  component: lazyRouteComponent(() => import('@/features/auth/pages/cancel-lost-page'), 'CancelLostPage'),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.invitation,
  component: lazyRouteComponent(() => import('@/features/auth/pages/invitation-page'), 'InvitationPage'),
});

export const authRoutes = [
  signInRoute,
  registerRoute,
  recoverRoute,
  resetRoute,
  verifyEmailRoute,
  lostFactorRoute,
  cancelFactorResetRoute,
  invitationRoute,
] as const;
