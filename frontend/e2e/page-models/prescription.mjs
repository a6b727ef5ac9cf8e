// The editor of a receta and its document.
import assert from 'node:assert/strict';
import { eventually } from '../harness/wait.mjs';

export class PrescriptionPage {
  constructor(page, phone = false) {
    this.page = page;
    this.phone = phone;
    this.name = page.getByRole('heading', { level: 1 });
    this.search = page.getByRole('combobox', { name: /^Agregar medicamento/ });
    this.sign = page.getByRole('button', { name: /^Firmar/ }).first();
    this.signing = page.getByRole('dialog', { name: 'Firmar la receta' });
    this.alerts = page.getByRole('region', { name: 'Alertas por resolver' });
    this.alternatives = page.getByRole('dialog', { name: /^Alternativas a / });
    this.conflict = page.getByRole('heading', { name: 'Esta receta cambió en otra ventana' });
    this.recovery = page.getByText(/Encontramos cambios sin enviar/);
  }

  static path(patientId, prescriptionId) {
    return `/pacientes/${patientId}/recetas/${prescriptionId}`;
  }

  static list(patientId) {
    return `/pacientes/${patientId}/recetas`;
  }

  /** One medicine by the beginning of its name. */
  medicine(name) {
    return this.page.getByRole('region', { name: new RegExp(`^\\d+\\. ${name}`) });
  }

  /** What a search offers. */
  option(name) {
    return this.page.getByRole('option', { name });
  }

  async add(words, option) {
    await this.search.fill(words);
    await this.page.getByRole('option', { name: option }).first().click();
  }

  /** Writes fields of a medicine as a person does, leaving each one. */
  async write(name, values) {
    for (const [label, value] of Object.entries(values)) {
      const field = this.medicine(name).getByLabel(label);
      await field.fill(value);
      await field.blur();
    }
  }

  /** Everything typed is on the server. */
  async isSaved() {
    await eventually(async () => {
      const places = await this.page.locator('[data-place]').evaluateAll((all) => all.map((one) => one.dataset.place));
      assert.deepEqual(places, ['server']);
    });
  }

  async giveReason(reason) {
    await this.alerts.getByRole('button', { name: 'Indicar de todos modos…' }).first().click();
    const dialog = this.page.getByRole('dialog', { name: /de todos modos$/ });
    await dialog.getByLabel('Por qué lo indica').fill(reason);
    await dialog.getByRole('button', { name: 'Anotar el motivo' }).click();
  }

  async confirm(password) {
    await this.signing.getByRole('textbox', { name: 'Su contraseña' }).fill(password);
    await this.signing.getByRole('button', { name: 'Firmar la receta' }).click();
  }
}
