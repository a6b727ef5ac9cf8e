// Sign-in with its second step, registration, recovery, invitations and the dialog of an ended session.

export class SignInPage {
  constructor(page) {
    this.page = page;
    this.email = page.getByLabel('Correo electrónico');
    this.password = page.getByRole('textbox', { name: 'Contraseña' });
    this.submit = page.getByRole('button', { name: 'Entrar', exact: true });
    this.passkey = page.getByRole('button', { name: 'Entrar con llave de acceso' });
    this.alert = page.getByRole('alert');
  }

  async signIn(email, password) {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.submit.click();
  }
}

/** What follows the password where the account has a second factor. */
export class SecondStep {
  constructor(page) {
    this.page = page;
    this.code = page.getByRole('textbox', { name: 'Código de seis dígitos' });
    this.recoveryCode = page.getByRole('textbox', { name: 'Código de recuperación' });
    this.remember = page.getByRole('checkbox', { name: 'Recordar este equipo 30 días' });
    this.submit = page.getByRole('button', { name: 'Continuar' });
    this.passkey = page.getByRole('button', { name: 'Usar llave de acceso' });
    this.alert = page.getByRole('alert');
  }

  async give(code) {
    await this.code.fill(code);
    await this.submit.click();
  }

  async giveRecoveryCode(code) {
    await this.page.getByRole('button', { name: 'Usar un código de recuperación' }).click();
    await this.recoveryCode.fill(code);
    await this.submit.click();
  }
}

export class InvitationPage {
  constructor(page) {
    this.page = page;
    this.password = page.getByRole('textbox', { name: 'Contraseña' });
    this.accept = page.getByRole('checkbox', { name: 'He leído la carta y la acepto' });
    this.submit = page.getByRole('button', { name: 'Aceptar la invitación' });
    this.alert = page.getByRole('alert');
  }

  async take(password) {
    await this.password.fill(password);
    await this.accept.check();
    await this.submit.click();
  }
}

export class RegistrationPage {
  constructor(page) {
    this.page = page;
    this.submit = page.getByRole('button', { name: 'Crear la cuenta' });
    this.alert = page.getByRole('alert');
    this.terms = page.getByRole('checkbox');
    this.profession = page.getByLabel('Profesión', { exact: true });
  }

  field(label) {
    return this.page.getByLabel(label, { exact: true });
  }

  /** The fields in the order of the page, with what a doctor writes in them. */
  static entries(doctor) {
    return [
      ['Nombre completo', doctor.full_name],
      ['Correo electrónico', doctor.email],
      ['Teléfono', doctor.phone],
      ['Contraseña', doctor.password],
      ['Cédula profesional', doctor.license_number],
      ['Institución que expidió el título', doctor.title_institution],
    ];
  }

  async fill(doctor) {
    for (const [label, value] of RegistrationPage.entries(doctor)) await this.field(label).fill(value);
    await this.profession.selectOption(doctor.profession);
    await this.page.getByLabel('Nombre de la clínica o consultorio').fill(doctor.clinic_name);
    await this.terms.check();
  }
}

export class SessionDialog {
  constructor(page) {
    this.box = page.getByRole('dialog', { name: 'Su sesión se cerró' });
    this.password = this.box.getByRole('textbox', { name: 'Contraseña' });
    this.submit = this.box.getByRole('button', { name: 'Continuar' });
  }

  async signIn(password) {
    await this.password.fill(password);
    await this.submit.click();
  }
}
