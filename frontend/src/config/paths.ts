/** Every address of the SPA, once. They hold ids only: never a name, a CURP or a search term. */
export const paths = {
  home: '/',
  signIn: '/entrar',
  register: '/registro',
  recover: '/recuperar',
  reset: '/restablecer',
  verifyEmail: '/verificar-correo',
  lostFactor: '/segundo-factor-perdido',
  cancelFactorReset: '/cancelar-reposicion',
  invitation: '/invitacion/$token',
  start: '/inicio',
  clinic: '/clinica',
  today: '/hoy',
  patients: '/pacientes',
  newPatient: '/pacientes/nuevo',
  patient: '/pacientes/$patientId',
  patientConsultations: '/pacientes/$patientId/consultas',
  consultation: '/pacientes/$patientId/consultas/$consultationId',
  patientPrescriptions: '/pacientes/$patientId/recetas',
  prescription: '/pacientes/$patientId/recetas/$prescriptionId',
  patientVitals: '/pacientes/$patientId/signos',
  patientConsents: '/pacientes/$patientId/consentimientos',
  patientMessages: '/pacientes/$patientId/mensajes',
  patientData: '/pacientes/$patientId/datos',
  editPatient: '/pacientes/$patientId/datos/editar',
  messages: '/mensajes',
  prescriptions: '/recetas',
  consents: '/consentimientos',
  notice: '/consentimientos/aviso',
  noticeVersion: '/consentimientos/aviso/$noticeId',
  audit: '/bitacora',
  settings: '/ajustes',
  account: '/ajustes/mi-cuenta',
  staff: '/ajustes/personal',
  permissions: '/ajustes/permisos',
  security: '/ajustes/seguridad',
  whatsapp: '/ajustes/whatsapp',
  simulator: '/dev/whatsapp',
} as const;

/** The address of one patient's chart. */
export function patientHref(patientId: string): string {
  return `${paths.patients}/${encodeURIComponent(patientId)}`;
}

/** The page that the server renders for anybody: a clinic's privacy notice in force. */
export function publicNoticeHref(slug: string): `/${string}` {
  return `/privacy-notice/${encodeURIComponent(slug)}`;
}
