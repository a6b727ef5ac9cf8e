// The trail: who read or changed what, and the proof that nothing was altered.

export class AuditPage {
  constructor(page, phone) {
    this.page = page;
    this.phone = phone;
    const caption = 'Eventos de la bitácora, del más reciente al más antiguo';
    this.rows = phone
      ? page.getByRole('list', { name: caption }).getByRole('listitem')
      : page.getByRole('table', { name: caption }).locator('tbody tr');
    this.verify = page.getByRole('button', { name: 'Verificar ahora' });
    this.intact = page.getByText('Íntegra.');
    this.filters = page.getByRole('group', { name: 'Filtros de la bitácora' });
  }

  row(...texts) {
    return texts.reduce((rows, text) => rows.filter({ hasText: text }), this.rows);
  }
}
