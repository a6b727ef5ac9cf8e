import type { QueryClient } from '@tanstack/react-query';
import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { SkeletonRows } from '@/components/ui/skeleton';
import { requestHeadingFocus, takeHeadingFocus } from '@/lib/focus';
import { ErrorPage, NotFoundPage } from './errors';
import { rootRoute, shellRoute } from './routes/root';
import { auditRoutes } from './routes/audit';
import { authRoutes } from './routes/auth';
import { startRoute } from './routes/clinic';
import { consentRoutes } from './routes/consents';
import { homeRoute } from './routes/home';
import { messageRoutes } from './routes/messages';
import { noticeRoutes } from './routes/notices';
import { patientRoutes } from './routes/patients';
import { todayRoute } from './routes/today';
import { prescriptionRoutes } from './routes/prescriptions';
import { settingsRoutes } from './routes/settings';
import { simulatorRoutes } from './routes/simulator';

const routeTree = rootRoute.addChildren([
  ...authRoutes,
  ...simulatorRoutes,
  shellRoute.addChildren([
    homeRoute,
    todayRoute,
    startRoute,
    ...settingsRoutes,
    ...patientRoutes,
    ...prescriptionRoutes,
    ...consentRoutes,
    ...noticeRoutes,
    ...messageRoutes,
    ...auditRoutes,
  ]),
]);

/** Moves the focus to the h1 when the page changes, not when only its search does. */
function followWithFocus(router: AppRouter): void {
  router.subscribe('onBeforeNavigate', (event) => {
    if (event.fromLocation !== undefined && event.pathChanged) requestHeadingFocus();
  });
  router.subscribe('onRendered', () => {
    takeHeadingFocus(document.querySelector<HTMLElement>('h1'));
  });
}

/** The router over a query client; tests give a history in memory. */
export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    ...(history ? { history } : {}),
    defaultPreload: 'intent',
    // Freshness is the query client's business.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 200,
    defaultPendingMinMs: 0,
    defaultPendingComponent: () => <SkeletonRows />,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
  });
  followWithFocus(router);
  return router;
}

type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}

