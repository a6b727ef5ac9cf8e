import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { t } from '../t';
import { needs } from './permission';
import { shellRoute } from './root';

/** What waits for the person today: the first page of whoever works with patients. */
export const todayRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.today,
  staticData: { phoneTitle: t('nav.today') },
  beforeLoad: needs('patient:read'),
  component: lazyRouteComponent(() => import('@/features/today/pages/today-page'), 'TodayPage'),
});
