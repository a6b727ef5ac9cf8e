// The settings: their list, the staff, one's own account.
import { Shell } from './shell.mjs';

export class SettingsPage {
  /**
   * @param {import('playwright-core').Page} page
   * @param {boolean} phone
   */
  constructor(page, phone) {
    this.page = page;
    this.phone = phone;
    this.sections = page.getByRole('navigation', { name: 'Secciones de los ajustes' });
  }

  /** Opens one of the pages, by the person's menu and the list. */
  async open(section) {
    await new Shell(this.page, this.phone).choose('Ajustes');
    await this.sections.getByRole('link', { name: section, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: section }).waitFor();
  }
}

export class StaffPage {
  constructor(page) {
    this.page = page;
    this.inviteButton = page.getByRole('button', { name: 'Invitar a una persona' });
    this.dialog = page.getByRole('dialog');
  }

  row(name) {
    return this.page.getByRole('listitem').filter({ hasText: name });
  }

  async invite(email, name, role) {
    await this.inviteButton.click();
    await this.dialog.getByLabel('Correo electrónico').fill(email);
    await this.dialog.getByLabel('Nombre completo').fill(name);
    await this.dialog.getByLabel('Función').selectOption({ label: role });
    await this.dialog.getByRole('button', { name: 'Enviar la invitación' }).click();
  }

  /** The link of a new invitation, path only. */
  async link() {
    const text = await this.dialog.getByRole('group', { name: 'Enlace de la invitación' }).innerText();
    return new URL(text.trim()).pathname;
  }

  async act(name, entry) {
    await this.page.getByRole('button', { name: `Acciones para ${name}` }).click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }
}

/** The question for a fresh proof, which comes where an act needs one. */
export class ProofDialog {
  constructor(page) {
    this.box = page.getByRole('dialog', { name: 'Confirme que es usted' });
  }

  async give(password) {
    await this.box.getByRole('textbox', { name: 'Contraseña' }).fill(password);
    await this.box.getByRole('button', { name: 'Confirmar' }).click();
  }

  /** With a passkey: first the way, then the act. */
  async givePasskey() {
    const passkey = this.box.getByRole('button', { name: 'Usar llave de acceso' });
    await passkey.click();
    await this.box.getByRole('textbox', { name: 'Contraseña' }).waitFor({ state: 'hidden' });
    await passkey.click();
  }
}

export class AccountPage {
  constructor(page) {
    this.page = page;
    this.enableApp = page.getByRole('button', { name: 'Activar la aplicación de códigos' });
    this.sessions = page.getByRole('region', { name: 'Mis sesiones' });
    this.addPasskey = page.getByRole('button', { name: 'Agregar una llave' });
  }

  removePasskey(name) {
    return this.page.getByRole('button', { name: `Quitar la llave «${name}»` });
  }

  dialog(name) {
    return this.page.getByRole('dialog', { name });
  }
}
