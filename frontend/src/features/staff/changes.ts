import { isWhole, rulesOf, type PermissionTable } from '@/lib/permission-table';
import type { Role } from '@/lib/roles';
import { t } from './t';

/** What somebody may do, as words by permission; an act on all of the data is told from one on a part. */
function wordsOf(table: PermissionTable, role: Role, writes: boolean): Map<string, { label: string; isWhole: boolean }> {
  const rules = rulesOf(table, role, writes);
  return new Map(Array.from(rules, ([key, rule]) => [key, { label: rule.label, isWhole: isWhole(rule) }]));
}

function missing(from: ReturnType<typeof wordsOf>, to: ReturnType<typeof wordsOf>): string[] {
  const acts: string[] = [];
  for (const [key, { label, isWhole: hasAll }] of from) {
    const other = to.get(key);
    if (other === undefined) acts.push(label);
    else if (hasAll && !other.isWhole) acts.push(t('changing.whole', { act: label }));
  }
  return acts;
}

/** What a change of role gives and takes, in the words of the table of permissions. */
export function compareRoles(table: PermissionTable, from: Role, to: Role, writes: boolean) {
  const before = wordsOf(table, from, writes);
  const after = wordsOf(table, to, writes);
  return { gains: missing(after, before), loses: missing(before, after) };
}

/** Whether who has the role writes notes; an owner does when she has a cédula, as her colleague's entry says. */
export function writesNotes(role: Role, prescribes: boolean): boolean {
  return role === 'doctor' || (role === 'owner' && prescribes);
}
