import { queryOptions } from '@tanstack/react-query';
import { api, read } from '@/lib/api/client';
import type { components } from '@/lib/api/schema';
import type { Role } from '@/lib/roles';

/** The table of who may do what: a row for each role and permission. */
export type PermissionTable = components['schemas']['Permissions'];
export type PermissionRule = components['schemas']['PermissionRule'];

export const permissionTableQuery = queryOptions({
  queryKey: ['permissions'],
  queryFn: () => read(api.GET('/api/permissions')),
  staleTime: Infinity,
});

/** Whether the rule lets see everything of its object. */
export function isWhole(rule: PermissionRule): boolean {
  return rule.fields.includes('*');
}

/**
 * The rules that hold for somebody, by permission. An owner with a cédula profesional (`writes`) has the
 * doctor's rows as well as her own.
 */
export function rulesOf(table: PermissionTable, role: Role, writes: boolean): Map<string, PermissionRule> {
  const rows = role === 'owner' && writes ? ['owner', 'doctor'] : [role];
  const found = new Map<string, PermissionRule>();
  for (const rule of table.items) {
    if (!rows.includes(rule.role)) continue;
    const known = found.get(rule.permission);
    if (known === undefined || isWhole(rule)) found.set(rule.permission, rule);
  }
  return found;
}
