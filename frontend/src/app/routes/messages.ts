import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { readMessagesSearch } from '@/features/messages/search';
import { t } from '../t';
import { shellRoute } from './root';

const messagesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.messages,
  staticData: { phoneTitle: t('nav.messages') },
  validateSearch: readMessagesSearch,
  component: lazyRouteComponent(() => import('@/features/messages/pages/messages-page'), 'MessagesPage'),
});

/** The routes of features/messages, below the shell. The chart's tab stands with the chart. */
export const messageRoutes = [messagesRoute] as const;
