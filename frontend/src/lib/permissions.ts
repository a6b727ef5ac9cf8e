import type { Me } from '@/lib/api/types';
import { useMe } from '@/lib/session';

/** What a role may do to what, as the server names it. */
export type Permission =
  | 'patient:read'
  | 'patient:write'
  | 'chart:read'
  | 'consultation:read'
  | 'consultation:write'
  | 'consultation:sign'
  | 'prescription:read'
  | 'prescription:write'
  | 'vitals:read'
  | 'vitals:write'
  | 'condition:read'
  | 'condition:write'
  | 'consent:read'
  | 'consent:request'
  | 'message:read'
  | 'message:write'
  | 'notice:read'
  | 'notice:publish'
  | 'audit:read'
  | 'clinic:read'
  | 'clinic:write'
  | 'catalog:read'
  | 'permission:read'
  | 'staff:read'
  | 'staff:write'
  | 'security:write'
  | 'whatsapp:read'
  | 'whatsapp:check'
  | 'factor_reset:approve';

/** Whether the person may do something. It only hides what would be refused: the server decides. */
export function can(me: Me, permission: Permission): boolean {
  return me.permissions.includes(permission);
}

/** `can` for the signed-in person. */
export function useCan(): (permission: Permission) => boolean {
  const me = useMe();
  return (permission) => can(me, permission);
}
