import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { readConsentsSearch } from '@/features/consents/search';
import { t } from '../t';
import { shellRoute } from './root';

const consentsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.consents,
  staticData: { phoneTitle: t('nav.consents') },
  validateSearch: readConsentsSearch,
  component: lazyRouteComponent(() => import('@/features/consents/pages/consents-page'), 'ConsentsPage'),
});

/** The routes of features/consents, below the shell. The chart's tab stands with the chart. */
export const consentRoutes = [consentsRoute] as const;
