// Where a role's menus lead: the sidebar or the tab bar with «Más», and the list of the settings.
import { Shell } from './shell.mjs';

async function hrefsIn(navigation) {
  await navigation.getByRole('link').first().waitFor();
  return navigation.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

export class Menu {
  /**
   * @param {import('playwright-core').Page} page
   * @param {boolean} phone
   */
  constructor(page, phone) {
    this.page = page;
    this.phone = phone;
    this.shell = new Shell(page, phone);
  }

  /** The addresses of the main menu, in its order. */
  main() {
    return hrefsIn(this.shell.navigation);
  }

  /** What a phone has under «Más», by its words. */
  async more() {
    await this.shell.openMenu();
    const entries = this.page.getByRole('menuitem');
    await entries.first().waitFor();
    const words = await entries.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await entries.first().waitFor({ state: 'hidden' });
    return words.map((word) => word.trim());
  }

  /** The addresses of the settings. */
  async settings() {
    await this.page.goto('/ajustes');
    return hrefsIn(this.page.getByRole('navigation', { name: 'Secciones de los ajustes' }));
  }
}
