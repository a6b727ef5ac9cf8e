// The screen of a locked session, and the people of a shared computer.

export class LockScreen {
  constructor(page) {
    this.page = page;
    this.title = page.getByRole('heading', { level: 1, name: 'Pantalla bloqueada' });
    this.pin = page.getByRole('textbox', { name: 'Su PIN' });
    this.password = page.getByRole('textbox', { name: 'Su contraseña' });
    this.submit = page.getByRole('button', { name: 'Desbloquear' });
    this.usePasskey = page.getByRole('button', { name: 'Usar llave de acceso' });
    this.alert = page.getByRole('alert');
    this.change = page.getByRole('button', { name: 'Cambiar de usuario' });
    this.people = page.getByRole('list', { name: 'Personas de este equipo' });
    this.other = page.getByRole('button', { name: 'Entrar con otra cuenta' });
  }

  async unlock(pin) {
    await this.pin.fill(pin);
    await this.submit.click();
  }

  /** Walks away and comes back with the PIN, after which no earlier proof is fresh. */
  async leaveAndReturn(pin) {
    await this.page.keyboard.press('Control+Alt+b');
    await this.unlock(pin);
    await this.title.waitFor({ state: 'hidden' });
  }

  /** Hands the computer to one of its people. */
  async handTo(name, pin) {
    await this.change.click();
    await this.people.getByRole('button', { name }).click();
    await this.page.getByRole('textbox', { name: `PIN de ${name}` }).fill(pin);
    await this.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  }
}
