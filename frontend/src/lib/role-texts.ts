import type { Role } from '@/lib/roles';
import { translator } from '@/lib/t';
import texts from '@/locales/es-MX/role-texts.json';

const t = translator(texts);

/** What the role is for, in one or two sentences. Apart from its name, which the shell carries. */
export function roleText(role: Role): string {
  return t(role);
}
