// The messages of the clinic: whom to call, and everything that was sent.

export class MessagesPage {
  constructor(page) {
    this.page = page;
    this.calls = page.getByRole('list', { name: 'Personas a las que hay que llamar' }).getByRole('listitem');
    this.none = page.getByText('Nadie espera una llamada.');
    this.resolution = page.getByRole('dialog', { name: 'Marcar como resuelto' });
  }

  call(name) {
    return this.calls.filter({ hasText: name });
  }
}
