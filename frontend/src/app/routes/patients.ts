/** The routes of features/patients, below the shell. */
export const patientRoutes = [] as const;
