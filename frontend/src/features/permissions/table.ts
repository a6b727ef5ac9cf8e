import { isWhole, type PermissionRule, type PermissionTable } from '@/lib/permission-table';
import type { Role } from '@/lib/roles';
import texts from '@/locales/es-MX/permissions.json';

/** What a role may do of one permission. */
export type Reach = 'yes' | 'part' | 'no';

/** One permission, with what each role may do of it. */
export interface PermissionRow {
  permission: string;
  label: string;
  reach: (role: Role) => Reach;
}

/** The permissions about one subject. */
export interface Subject {
  name: string;
  rows: readonly PermissionRow[];
}

function subjectName(object: string): string {
  const names: Record<string, string> = texts.objects;
  return names[object] ?? texts.objects.other;
}

function rowOf(rules: readonly PermissionRule[]): PermissionRow {
  const [first] = rules;
  return {
    permission: first?.permission ?? '',
    label: first?.label ?? '',
    reach: (role) => {
      const rule = rules.find((one) => one.role === role);
      if (rule === undefined) return 'no';
      return isWhole(rule) ? 'yes' : 'part';
    },
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** The table by subject, in the order of the server. */
export function subjectsOf(table: PermissionTable): readonly Subject[] {
  const bySubject = groupBy(table.items, ({ object }) => subjectName(object));
  return Array.from(bySubject, ([name, rules]) => ({
    name,
    rows: Array.from(groupBy(rules, ({ permission }) => permission).values(), rowOf),
  }));
}

/** What is seen where not everything is: the act, who, and the fields in words. */
export interface FieldNote {
  key: string;
  act: string;
  roles: readonly Role[];
  fields: readonly string[];
}

/** The fields that say something to a person; ids, versions and the like have no word and are left out. */
function fieldWords(fields: readonly string[]): readonly string[] {
  const words: Record<string, string> = texts.fields;
  return fields.flatMap((field) => words[field] ?? []);
}

/** One note for each act and set of fields. */
export function notesOf(table: PermissionTable): readonly FieldNote[] {
  const parts = table.items.filter((rule) => !isWhole(rule));
  return Array.from(groupBy(parts, ({ permission, fields }) => `${permission} ${fields.join(' ')}`), ([key, rules]) => ({
    key,
    act: rules[0]?.label ?? '',
    roles: rules.map(({ role }) => role),
    fields: fieldWords(rules[0]?.fields ?? []),
  }));
}
