import { describe, expect, it } from 'vitest';
import type { PermissionRule, PermissionTable } from '@/lib/permission-table';
import type { Role } from '@/lib/roles';
import { compareRoles, writesNotes } from './changes';

function rule(role: Role, permission: string, label: string, fields: string[] = ['*']): PermissionRule {
  const [object = '', action = ''] = permission.split(':');
  return { role, object, action, permission, label, fields };
}

const table: PermissionTable = {
  roles: [],
  items: [
    rule('owner', 'staff:write', 'Invitar personas'),
    rule('doctor', 'consultation:sign', 'Firmar notas'),
    rule('doctor', 'patient:read', 'Ver pacientes'),
    rule('owner', 'patient:read', 'Ver pacientes', ['given_names']),
    rule('receptionist', 'patient:read', 'Ver pacientes', ['given_names']),
    rule('nurse', 'patient:read', 'Ver pacientes'),
    rule('nurse', 'vitals:write', 'Registrar signos'),
  ],
};

describe('what a change of role means', () => {
  it('says what is gained and lost, in both directions', () => {
    expect(compareRoles(table, 'receptionist', 'nurse', false)).toEqual({
      gains: ['Ver pacientes (todos los datos)', 'Registrar signos'],
      loses: [],
    });
    expect(compareRoles(table, 'nurse', 'receptionist', false)).toEqual({
      gains: [],
      loses: ['Ver pacientes (todos los datos)', 'Registrar signos'],
    });
  });

  it('counts the doctor’s rows of an owner who has a cédula', () => {
    expect(compareRoles(table, 'doctor', 'owner', true)).toEqual({ gains: ['Invitar personas'], loses: [] });
    expect(compareRoles(table, 'doctor', 'owner', false).loses).toContain('Firmar notas');
  });

  it('knows who writes notes, whose drafts somebody must go on with', () => {
    expect(writesNotes('doctor', true)).toBe(true);
    expect(writesNotes('owner', true)).toBe(true);
    expect(writesNotes('owner', false)).toBe(false);
    expect(writesNotes('nurse', true)).toBe(false);
  });
});
