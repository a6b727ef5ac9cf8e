import { useLocation } from '@tanstack/react-router';
import { paths } from '@/config/paths';
import { can } from '@/lib/permissions';
import { useMe } from '@/lib/session';

/**
 * Whether the page says that the clinic lacks what the law asks for: to who may complete it, where it is not
 * being completed. A second step that is overdue comes first, since nothing can be done before it.
 */
export function useLacksClinicData(): boolean {
  const me = useMe();
  const { pathname } = useLocation();
  const isThere = pathname === paths.start || pathname === paths.clinic;
  const needsFactorNow = me.factor.required && !me.factor.enrolled && me.factor.overdue;
  return !me.clinic.complete && can(me, 'clinic:write') && !isThere && !needsFactorNow;
}
