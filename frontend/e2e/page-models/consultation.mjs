// The consultation: its editor while it is a draft, its document once it is signed.
import assert from 'node:assert/strict';
import { eventually } from '../harness/wait.mjs';

export class ConsultationPage {
  constructor(page, phone = false) {
    this.page = page;
    this.phone = phone;
    this.name = page.getByRole('heading', { level: 1 });
    this.sign = page.getByRole('button', { name: /^Firmar/ }).first();
    this.list = page.getByRole('complementary', { name: 'Lo que pide la nota' });
    this.signing = page.getByRole('dialog', { name: 'Firmar la nota' });
    this.signed = page.getByText('Firmada', { exact: true });
    this.recovery = page.getByText(/Encontramos cambios sin enviar/);
    this.conflict = page.getByRole('heading', { name: 'Esta nota cambió en otra ventana' });
    this.menu = page.getByRole('listbox', { name: 'Frases y órdenes' });
    this.diagnosis = page.getByRole('combobox', { name: /Agregar diagnóstico/ });
  }

  static path(patientId, consultationId) {
    return `/pacientes/${patientId}/consultas/${consultationId}`;
  }

  static list(patientId) {
    return `/pacientes/${patientId}/consultas`;
  }

  /** A part of the note by its title. */
  part(title) {
    return this.page.getByRole('region', { name: title, exact: true });
  }

  /** What is written in a part. */
  text(title) {
    return this.part(title).getByRole('textbox');
  }

  vital(name) {
    return this.page.getByRole('textbox', { name });
  }

  answer(title, answer) {
    return this.part(title).getByRole('button', { name: answer, exact: true });
  }

  /** Everything typed is on the server. */
  async isSaved() {
    await eventually(async () => {
      const places = await this.page.locator('[data-place]').evaluateAll((all) => all.map((one) => one.dataset.place));
      assert.deepEqual(places, ['server']);
    });
  }

  /** Everything typed lies at least sealed in the browser. */
  async isKeptHere() {
    await eventually(async () => {
      assert.equal(await this.page.locator('[data-place]').getAttribute('data-place'), 'local');
    });
  }

  async addDiagnosis(words, name) {
    await this.diagnosis.fill(words);
    await this.page.getByRole('option', { name }).first().click();
  }

  async confirm(password) {
    await this.signing.getByRole('textbox', { name: 'Su contraseña' }).fill(password);
    await this.signing.getByRole('button', { name: 'Firmar la nota' }).click();
  }
}
