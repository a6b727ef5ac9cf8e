// A patient's record: the banner that stays in sight, its tabs, and what can be done with it.

export class Chart {
  constructor(page) {
    this.page = page;
    this.name = page.getByRole('heading', { level: 1 });
    this.tabs = page.getByRole('navigation', { name: 'Secciones del expediente' });
    this.more = page.getByRole('button', { name: 'Acciones del expediente' });
    this.archiveDialog = page.getByRole('dialog', { name: 'Archivar expediente' });
    this.merge = page.getByRole('heading', { name: 'Los datos cambiaron en otra ventana' });
  }

  static path(patientId, tab = '') {
    return `/pacientes/${patientId}${tab}`;
  }

  async choose(entry) {
    await this.more.click();
    await this.page.getByRole('menuitem', { name: entry }).click();
  }

  tab(name) {
    return this.tabs.getByRole('link', { name });
  }

  /** One line of the comparison of two versions. */
  mergeRow(field) {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: field }) });
  }
}
