import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { t } from '../t';
import { shellRoute } from './root';

const startRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.start,
  component: lazyRouteComponent(() => import('@/features/clinic/pages/start-page'), 'StartPage'),
});

const clinicRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.clinic,
  staticData: { phoneTitle: t('user.clinic') },
  component: lazyRouteComponent(() => import('@/features/clinic/pages/clinic-page'), 'ClinicPage'),
});

export const clinicRoutes = [startRoute, clinicRoute] as const;
