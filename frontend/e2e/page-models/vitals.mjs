// The tab of a chart with the vital signs.

export class VitalsTab {
  constructor(page) {
    this.page = page;
    this.record = page.getByRole('button', { name: 'Registrar signos' });
    this.print = page.getByRole('button', { name: 'Imprimir' });
    this.form = page.getByRole('dialog', { name: 'Registrar signos vitales' });
    this.save = this.form.getByRole('button', { name: 'Guardar signos' });
    this.voiding = page.getByRole('dialog', { name: 'Anular medición' });
  }

  static path(patientId) {
    return `/pacientes/${patientId}/signos`;
  }

  field(label) {
    return this.form.getByLabel(label, { exact: true });
  }

  trend(label) {
    return this.page.getByRole('region', { name: label, exact: true });
  }
}
