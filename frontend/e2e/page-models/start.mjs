// The guided start of a new clinic: legal address, office, privacy contact.

export class StartPage {
  constructor(page) {
    this.page = page;
    this.title = page.getByRole('heading', { level: 1, name: 'Prepare su consultorio' });
    this.saveAndGoOn = page.getByRole('button', { name: 'Guardar y seguir' });
    this.finish = page.getByRole('button', { name: 'Guardar y terminar' });
    this.later = page.getByRole('link', { name: 'Seguir después' });
    this.finished = page.getByRole('heading', { name: 'Su consultorio está listo' });
  }

  /** The card of a step that stands open. */
  step(name) {
    return this.page.getByRole('heading', { level: 2, name });
  }

  field(label) {
    return this.page.getByLabel(label);
  }

  async fillAddress(address) {
    await this.field('Código postal').fill(address.postal_code);
    await this.field('Calle').fill(address.street);
    await this.field('Número exterior').fill(address.exterior_number);
    await this.field('Colonia').fill(address.neighborhood);
    await this.field('Municipio o alcaldía').fill(address.municipality);
  }
}
