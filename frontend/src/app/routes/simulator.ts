import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { rootRoute } from './root';

const simulatorRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: paths.simulator,
  component: lazyRouteComponent(() => import('@/features/simulator/pages/simulator-page'), 'SimulatorPage'),
});

/** The route of features/simulator: no session, no shell; the server knows it only outside production. */
export const simulatorRoutes = [simulatorRoute] as const;
