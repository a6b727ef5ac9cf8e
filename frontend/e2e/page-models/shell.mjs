// The frame around every page of a signed-in person: menu, search, the person's own menu.

export class Shell {
  /**
   * @param {import('playwright-core').Page} page
   * @param {boolean} phone
   */
  constructor(page, phone) {
    this.page = page;
    this.phone = phone;
    this.navigation = page.getByRole('navigation', { name: 'Navegación principal' });
    this.skip = page.getByRole('link', { name: 'Ir al contenido' });
    this.palette = page.getByRole('combobox', { name: 'Buscar paciente, CURP, teléfono…' });
    this.results = page.getByRole('listbox', { name: 'Resultados' });
  }

  /** The person's menu: at the foot of the sidebar, under «Más» on a phone. */
  async openMenu() {
    const trigger = this.phone
      ? this.navigation.getByRole('button', { name: 'Más' })
      : this.page.getByRole('button', { name: /Cédula|Menú de|Auditoría|Enfermería/ });
    await trigger.click();
  }

  async choose(entry) {
    await this.openMenu();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  async signOut() {
    await this.choose('Cerrar sesión');
  }

  /** Opens a screen of the menu; on phones those without a place of their own stand under «Más». */
  async go(name) {
    const link = this.navigation.getByRole('link', { name });
    if (this.phone && (await link.count()) === 0) await this.choose(name);
    else await link.click();
  }

  /** Opens the search with the keyboard, or with its button on a phone. */
  async openPalette() {
    if (this.phone) await this.page.getByRole('button', { name: 'Buscar', exact: true }).click();
    else await this.page.keyboard.press('Control+k');
    await this.palette.waitFor();
  }

  option(name) {
    return this.results.getByRole('option', { name });
  }
}
