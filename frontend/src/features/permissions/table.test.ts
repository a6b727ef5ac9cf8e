import { describe, expect, it } from 'vitest';
import type { PermissionTable } from '@/lib/permission-table';
import { notesOf, subjectsOf } from './table';

const read = { object: 'patient', action: 'read', permission: 'patient:read', label: 'Ver pacientes' };
const table: PermissionTable = {
  roles: [],
  items: [
    { ...read, role: 'doctor', fields: ['*'] },
    { ...read, role: 'owner', fields: ['id', 'given_names', 'curp'] },
    { ...read, role: 'receptionist', fields: ['id', 'given_names', 'curp'] },
    { role: 'doctor', object: 'chart', action: 'read', permission: 'chart:read', label: 'Abrir', fields: ['*'] },
  ],
};

describe('the table of permissions', () => {
  it('tells all from a part and from nothing, by subject', () => {
    const [patients, charts] = subjectsOf(table);
    expect(patients?.name).toBe('Pacientes');
    expect(patients?.rows.map(({ reach }) => [reach('doctor'), reach('receptionist'), reach('auditor')])).toEqual([
      ['yes', 'part', 'no'],
    ]);
    expect(charts?.name).toBe('Expediente');
  });

  it('says once which fields are seen in part, in words and without what only machines read', () => {
    expect(notesOf(table)).toMatchObject([
      { act: 'Ver pacientes', roles: ['owner', 'receptionist'], fields: ['nombre y apellidos', 'CURP'] },
    ]);
  });
});
