// The tab of a chart that asks for consent and shows its chain.
import { counts, eventually, says } from '../harness/wait.mjs';
import assert from 'node:assert/strict';

const STATUSES = ['Enviado', 'Entregado', 'Leído'];
const isAct = (word) => !STATUSES.includes(word);

export class ConsentsTab {
  constructor(page) {
    this.page = page;
    this.send = page.getByRole('button', { name: /^Enviar (de nuevo )?por WhatsApp$/ });
    this.retry = page.getByRole('button', { name: 'Reintentar' });
    this.steps = page.getByRole('main').locator('ol > li');
    this.revoke = page.getByRole('button', { name: 'Registrar una revocación…' });
    this.revocation = page.getByRole('dialog', { name: 'Registrar una revocación' });
  }

  static path(patientId) {
    return `/pacientes/${patientId}/consentimientos`;
  }

  step(word) {
    return this.steps.filter({ has: this.page.getByRole('heading', { name: word, exact: true }) });
  }

  /**
   * The chain holds these steps, each with its time, and what people did is in this order. How far a
   * message came is written as WhatsApp tells it, which promises no order.
   */
  async hasChain(...words) {
    await eventually(async () => {
      const found = await this.steps.getByRole('heading').allInnerTexts();
      assert.deepEqual(found.toSorted(), words.toSorted());
      assert.deepEqual(found.filter(isAct), words.filter(isAct));
    });
    await counts(this.steps.locator('time'), words.length);
  }

  /** The banner of the chart says where the consent stands. */
  async stands(sentence) {
    await says(this.page.getByRole('banner').last(), sentence);
  }
}
