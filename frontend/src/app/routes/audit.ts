import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { readAuditSearch } from '@/features/audit/search';
import { t } from '../t';
import { shellRoute } from './root';

const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.audit,
  staticData: { phoneTitle: t('nav.audit') },
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('@/features/audit/pages/audit-page'), 'AuditPage'),
});

/** The routes of features/audit, below the shell. */
export const auditRoutes = [auditRoute] as const;
