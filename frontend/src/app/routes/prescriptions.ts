import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { readPrescriptionsSearch } from '@/features/prescription/search';
import { t } from '../t';
import { needs } from './permission';
import { shellRoute } from './root';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.prescriptions,
  staticData: { phoneTitle: t('nav.prescriptions') },
  validateSearch: readPrescriptionsSearch,
  beforeLoad: needs('prescription:read'),
  component: lazyRouteComponent(() => import('@/features/prescription/pages/prescriptions-page'), 'PrescriptionsPage'),
});

const prescriptionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.prescription,
  // The receta brings its own top and its own foot.
  staticData: { phoneTitle: false, hidesTabBar: true, folded: true },
  beforeLoad: needs('prescription:read'),
  component: lazyRouteComponent(() => import('@/features/prescription/pages/prescription-page'), 'PrescriptionPage'),
});

/** The routes of features/prescription, below the shell. The chart's tab stands with the chart. */
export const prescriptionRoutes = [listRoute, prescriptionRoute] as const;
