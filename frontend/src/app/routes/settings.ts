import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { t } from '../t';
import { needs } from './permission';
import { shellRoute } from './root';

const loadLayout = () => import('../layouts/settings');

const indexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.settings,
  staticData: { phoneTitle: t('user.settings') },
  component: lazyRouteComponent(loadLayout, 'SettingsIndex'),
});

const layoutRoute = createRoute({
  getParentRoute: () => shellRoute,
  id: 'settings',
  staticData: { phoneTitle: t('user.settings') },
  component: lazyRouteComponent(loadLayout, 'SettingsLayout'),
});

const accountRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: paths.account,
  component: lazyRouteComponent(() => import('@/features/account/pages/account-page'), 'AccountPage'),
});

const clinicRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: paths.clinic,
  beforeLoad: needs('clinic:write'),
  component: lazyRouteComponent(() => import('@/features/clinic/pages/clinic-page'), 'ClinicPage'),
});

const staffRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: paths.staff,
  beforeLoad: needs('staff:read'),
  component: lazyRouteComponent(() => import('@/features/staff/pages/staff-page'), 'StaffPage'),
});

const permissionsRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: paths.permissions,
  beforeLoad: needs('permission:read'),
  component: lazyRouteComponent(() => import('@/features/permissions/pages/permissions-page'), 'PermissionsPage'),
});

const securityRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: paths.security,
  beforeLoad: needs('security:write'),
  component: lazyRouteComponent(() => import('@/features/security/pages/security-page'), 'SecurityPage'),
});

const whatsappRoute = createRoute({
  getParentRoute: () => layoutRoute,
  path: paths.whatsapp,
  beforeLoad: needs('whatsapp:read'),
  component: lazyRouteComponent(() => import('@/features/whatsapp/pages/whatsapp-page'), 'WhatsAppPage'),
});

const pages = layoutRoute.addChildren([accountRoute, clinicRoute, staffRoute, permissionsRoute, securityRoute, whatsappRoute]);

/** The settings, below the shell: one frame around all of their pages. */
export const settingsRoutes = [indexRoute, pages] as const;
