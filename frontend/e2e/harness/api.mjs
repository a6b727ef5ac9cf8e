// Prepares what a spec does not walk itself, through the public API, as a script of a clinic would.
import { randomUUID } from 'node:crypto';
import { address, newDoctor, newPatient, uniqueWord } from './people.mjs';

/** A signed-in caller of the API. */
export class Api {
  /**
   * @param {string} url the program's address
   * @param {string} [token] the bearer's token
   */
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async call(method, path, body, headers = {}) {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  get(path) {
    return this.call('GET', path);
  }

  post(path, body) {
    return this.call('POST', path, body);
  }

  put(path, version, body) {
    return this.call('PUT', path, body, { 'if-match': `"${version}"` });
  }

  /** Gives the clinic what the law asks for before consent can be asked. */
  async completeClinic(tradeName) {
    const clinic = await this.get('/api/clinic');
    await this.put('/api/clinic', clinic.version, {
      legal_name: 'Servicios Médicos Jacarandas',
      trade_name: tradeName,
      address,
      privacy_contact: { name: 'Responsable de privacidad', email: 'privacidad@jacarandas.example', phone: '2225550100' },
    });
    await this.post('/api/offices', { name: 'Consultorio La Paz', address, time_zone: 'America/Mexico_City' });
  }

  /** Asks somebody to work in the clinic; answers the address of the invitation, path only. */
  async invite(email, role, fullName) {
    const { invitation_url } = await this.post('/api/staff', { email, role, full_name: fullName });
    return new URL(invitation_url).pathname;
  }

  /** Gives the person a PIN for what this browser locks. */
  setPin(pin) {
    return this.call('PUT', '/api/auth/pin', { pin });
  }

  /** What has been written in a patient's chain of consent, oldest first. */
  async consentEvents(patientId) {
    return (await this.get(`/api/patients/${patientId}/consents`)).events;
  }

  /** Registers a patient; `over` replaces what she is by default. */
  async patient(over) {
    return this.post('/api/patients', newPatient(over));
  }
}

/** What a doctor adds when she makes her account by an invitation. */
const LICENSED = { profession: 'medico_cirujano', license_number: '7654321', title_institution: 'Universidad Ficticia del Valle' };

/** Somebody new whom a doctor asks to work in her clinic, with her account and her token. */
export async function joinClinic(doctor, role, fullName) {
  const person = { full_name: fullName, email: `colega.${uniqueWord()}@jacarandas.example`, password: 'la frase de una colega' };
  const invitation = await doctor.api.invite(person.email, role, fullName);
  const answer = {
    full_name: fullName,
    password: person.password,
    accept_confidentiality: true,
    ...(role === 'doctor' && LICENSED),
  };
  const token = invitation.split('/').at(-1);
  const signedIn = await new Api(doctor.api.url).post(`/api/invitations/${token}/accept`, answer);
  return { ...person, api: new Api(doctor.api.url, signedIn.access_token), token: signedIn.access_token, userId: signedIn.user.id };
}

/** A registered doctor with her token; `complete` gives her clinic its address and privacy contact. */
export async function registerDoctor(url, { complete = true } = {}) {
  const doctor = newDoctor();
  const signedIn = await new Api(url).post('/api/auth/register', doctor);
  const api = new Api(url, signedIn.access_token);
  if (complete) await api.completeClinic(doctor.clinic_name);
  return { ...doctor, api, token: signedIn.access_token, clinic: signedIn.clinic, userId: signedIn.user.id };
}
