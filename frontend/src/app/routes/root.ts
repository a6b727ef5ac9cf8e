import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { isStatus } from '@/lib/api/error';
import { asksSomething } from '@/lib/factor';
import { meQuery } from '@/lib/session';
import { loadAccountNotices } from '../layouts/load-account-notices';
import { BareErrorPage, BareNotFoundPage } from '../errors';

export interface RouterContext {
  queryClient: QueryClient;
}

declare module '@tanstack/react-router' {
  /** What a page asks of the shell around it. */
  interface StaticDataRouteOption {
    /** The title in the phone's top bar; `false` when the page brings its own top (the chart). */
    phoneTitle?: string | false;
    /** Editors keep their own action bar instead of the tab bar. */
    hidesTabBar?: true;
    /** Editors fold the sidebar to a rail. */
    folded?: true;
  }
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  notFoundComponent: BareNotFoundPage,
  errorComponent: BareErrorPage,
});

interface Opening {
  context: RouterContext;
  location: { pathname: string };
}

/** Whoever is not signed in goes to sign-in and comes back to the same address. */
export async function needsSession({ context, location }: Opening): Promise<void> {
  try {
    await context.queryClient.query({ ...meQuery, staleTime: 'static' });
  } catch (error) {
    if (!isStatus(error, 401)) throw error;
    throw redirect({ to: paths.signIn, search: { next: location.pathname } });
  }
}

const shell = lazyRouteComponent(() => import('../layouts/shell'), 'Shell');

/** Everything that needs a session. It is lazy, so that the sign-in page does not carry it. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: shell,
  errorComponent: BareErrorPage,
  beforeLoad: async (opening) => {
    void shell.preload?.();
    await needsSession(opening);
  },
  // Notices come with the page and not after it, so that nothing moves under the person's finger.
  loader: async ({ context }) => {
    const me = context.queryClient.getQueryData(meQuery.queryKey);
    if (me && asksSomething(me)) await loadAccountNotices().catch(() => undefined);
  },
});
