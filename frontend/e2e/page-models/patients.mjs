// The list of patients: a table on a desktop, a list on a phone.

export class PatientsPage {
  constructor(page, phone) {
    this.page = page;
    this.search = page.getByRole('searchbox', { name: 'Buscar entre los pacientes' });
    this.rows = phone
      ? page.getByRole('list', { name: 'Pacientes', exact: true }).getByRole('listitem')
      : page.getByRole('table', { name: 'Pacientes' }).locator('tbody tr');
    this.register = page.getByRole('link', { name: 'Registrar paciente' });
  }

  row(name) {
    return this.rows.filter({ hasText: name });
  }

  filter(name) {
    return this.page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name });
  }
}
