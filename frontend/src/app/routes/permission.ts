import type { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/lib/api/error';
import { can, type Permission } from '@/lib/permissions';
import { meQuery } from '@/lib/session';
import { t } from '@/lib/t';

interface Loading {
  context: { queryClient: QueryClient };
}

/**
 * For `beforeLoad` of a page whose address somebody may type without having the role for it: the
 * page says so instead of failing piece by piece. The server decides all the same.
 */
export function needs(permission: Permission) {
  return ({ context }: Loading): void => {
    const me = context.queryClient.getQueryData(meQuery.queryKey);
    if (me && !can(me, permission)) {
      throw new ApiError({ status: 403, code: 'permission.missing', detail: t('pages.forbiddenTitle'), permission });
    }
  };
}
