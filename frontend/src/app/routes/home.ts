import { createRoute, redirect } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { meQuery } from '@/lib/session';
import { entriesFor } from '../navigation';
import { shellRoute } from './root';

/** The home address leads to the first screen the role may see. */
export const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: paths.home,
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.query({ ...meQuery, staleTime: 'static' });
    throw redirect({ to: entriesFor(me)[0]?.to ?? paths.account, replace: true });
  },
});
