// The form of a patient, the same to register and to edit. Labels repeat between its cards, so that
// fields are found by the path that the form and the API give them.

export class PatientForm {
  constructor(page) {
    this.page = page;
    this.save = page.getByRole('button', { name: /^(Guardar|Guardar cambios)$/ });
    this.saveAndSend = page.getByRole('button', { name: 'Guardar y enviar aviso' });
    this.alert = page.getByRole('alert');
    this.duplicates = page.getByRole('region', { name: '¿Ya tiene expediente?' });
    this.representative = page.getByRole('heading', { name: 'Representante' });
  }

  field(path) {
    return this.page.locator(`[name="${path}"]`);
  }

  /** What stands below a field: error, warning or hint. */
  async message(path) {
    const id = await this.field(path).getAttribute('aria-describedby');
    return id === null ? '' : this.page.locator(`[id="${id}"]`).innerText();
  }

  /** Types a date as a person does, `YYYY-MM-DD` given. */
  async typeDate(path, date) {
    await this.field(path).fill(date.split('-').reverse().join('/'));
  }

  async fillPerson(person) {
    await this.field('given_names').fill(person.given_names);
    await this.field('first_surname').fill(person.first_surname);
    if (person.second_surname) await this.field('second_surname').fill(person.second_surname);
    if (person.birth_date) await this.typeDate('birth_date', person.birth_date);
    if (person.sex) await this.field('sex').selectOption(person.sex);
    if (person.phone) await this.field('phone').fill(person.phone);
  }

  async fillAddress(address) {
    for (const name of ['postal_code', 'street', 'exterior_number', 'neighborhood', 'municipality']) {
      await this.field(`address.${name}`).fill(address[name]);
    }
  }
}
