import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { t } from '../t';
import { shellRoute } from './root';

const noticeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.notice,
  staticData: { phoneTitle: t('nav.notice') },
  component: lazyRouteComponent(() => import('@/features/notices/pages/notice-page'), 'NoticePage'),
});

const versionRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.noticeVersion,
  staticData: { phoneTitle: t('nav.notice') },
  component: lazyRouteComponent(() => import('@/features/notices/pages/notice-version-page'), 'NoticeVersionPage'),
});

/** The routes of features/notices, below the shell. */
export const noticeRoutes = [noticeRoute, versionRoute] as const;
