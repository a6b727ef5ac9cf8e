import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { rootRoute } from './root';

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

const termsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.terms,
  component: lazyRouteComponent(() => import('@/features/auth/pages/terms-page'), 'TermsPage'),
});

export const authRoutes = [signInRoute, registerRoute, termsRoute] as const;
