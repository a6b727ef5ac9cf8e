/** Every address of the SPA, once. They hold ids only: never a name, a CURP or a search term. */
export const paths = {
  home: '/',
  signIn: '/entrar',
  register: '/registro',
  terms: '/terminos',
  start: '/inicio',
  clinic: '/clinica',
  patients: '/pacientes',
  newPatient: '/pacientes/nuevo',
  patient: '/pacientes/$patientId',
  messages: '/mensajes',
  consents: '/consentimientos',
  audit: '/bitacora',
} as const;

/** The address of one patient's chart. */
export function patientHref(patientId: string): string {
  return `${paths.patients}/${encodeURIComponent(patientId)}`;
}
