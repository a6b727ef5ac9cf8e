import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { readPatientsSearch } from '@/features/patients/search';
import { t } from '../t';
import { needs } from './permission';
import { shellRoute } from './root';

const listRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.patients,
  staticData: { phoneTitle: t('nav.patients') },
  validateSearch: readPatientsSearch,
  beforeLoad: needs('patient:read'),
  component: lazyRouteComponent(() => import('@/features/patients/pages/patients-page'), 'PatientsPage'),
});

const newRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.newPatient,
  staticData: { phoneTitle: t('nav.newPatient'), hidesTabBar: true },
  beforeLoad: needs('patient:write'),
  component: lazyRouteComponent(() => import('@/features/patients/pages/new-patient-page'), 'NewPatientPage'),
});

const chartRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.patient,
  // The chart's own banner is the top of the page on phones.
  staticData: { phoneTitle: false },
  beforeLoad: needs('patient:read'),
  component: lazyRouteComponent(() => import('@/features/chart/pages/chart-layout'), 'ChartLayout'),
});

const summaryRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/',
  component: lazyRouteComponent(() => import('@/features/chart/pages/summary-page'), 'SummaryPage'),
});

const consultationsRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/consultas',
  beforeLoad: needs('consultation:read'),
  component: lazyRouteComponent(
    () => import('@/features/consultation/pages/patient-consultations'),
    'PatientConsultationsPage',
  ),
});

const consultationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.consultation,
  // The note brings its own top and its own foot.
  staticData: { phoneTitle: false, hidesTabBar: true, folded: true },
  beforeLoad: needs('consultation:read'),
  component: lazyRouteComponent(() => import('@/features/consultation/pages/consultation-page'), 'ConsultationPage'),
});

const vitalsRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/signos',
  beforeLoad: needs('vitals:read'),
  component: lazyRouteComponent(() => import('@/features/vitals/pages/patient-vitals'), 'PatientVitalsPage'),
});

const prescriptionsRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/recetas',
  beforeLoad: needs('prescription:read'),
  component: lazyRouteComponent(
    () => import('@/features/prescription/pages/patient-prescriptions'),
    'PatientPrescriptionsPage',
  ),
});

const consentsRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/consentimientos',
  component: lazyRouteComponent(() => import('@/features/consents/pages/patient-consents'), 'PatientConsentsPage'),
});

const messagesRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/mensajes',
  component: lazyRouteComponent(() => import('@/features/messages/pages/patient-messages'), 'PatientMessagesPage'),
});

const dataRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/datos',
  component: lazyRouteComponent(() => import('@/features/chart/pages/data-page'), 'DataPage'),
});

const editRoute = createRoute({
  getParentRoute: () => chartRoute,
  path: '/datos/editar',
  staticData: { hidesTabBar: true },
  component: lazyRouteComponent(() => import('@/features/chart/pages/edit-page'), 'EditPage'),
});

const chart = chartRoute.addChildren([
  summaryRoute,
  consultationsRoute,
  vitalsRoute,
  prescriptionsRoute,
  consentsRoute,
  messagesRoute,
  dataRoute,
  editRoute,
]);

/** The routes of features/patients and features/chart, below the shell. */
export const patientRoutes = [listRoute, newRoute, chart, consultationRoute] as const;
