import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { shellRoute } from './root';

/** The guided start of a clinic; its settings stand with the others. */
export const startRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.start,
  component: lazyRouteComponent(() => import('@/features/clinic/pages/start-page'), 'StartPage'),
});
