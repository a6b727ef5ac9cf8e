// The simulated phones of /dev/whatsapp. Several specs share them: a phone is found by the name of
// the clinic that wrote to it.
import assert from 'node:assert/strict';
import { eventually } from '../harness/wait.mjs';

export class Simulator {
  constructor(page) {
    this.page = page;
    this.talk = page.getByRole('group', { name: /^Conversación de/ });
    this.text = page.getByRole('textbox', { name: 'Mensaje' });
    this.sendText = page.getByRole('button', { name: 'Enviar el mensaje' });
    this.accept = this.talk.getByRole('button', { name: 'Acepto' });
    this.refuse = page.getByRole('button', { name: 'Rechazar: número sin WhatsApp' });
    this.resend = page.getByRole('button', { name: 'Reenviar' });
    this.result = page.getByText(/^Resultado:/);
  }

  phone(clinicName) {
    return this.page.getByRole('listitem').getByRole('button').filter({ hasText: clinicName });
  }

  /** Opens a conversation, which WhatsApp reports as read. */
  async open(clinicName) {
    await this.phone(clinicName).click();
    await this.talk.filter({ hasText: clinicName }).waitFor();
  }

  /** Makes the phone refuse what is sent to it, or take it again; done once the simulator says so. */
  async refuses(on) {
    await this.refuse.click();
    await eventually(async () => assert.equal(await this.refuse.getAttribute('aria-pressed'), String(on)));
  }

  async write(text) {
    await this.text.fill(text);
    await this.sendText.click();
  }
}
