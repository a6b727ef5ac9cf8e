/** The routes of features/consents, below the shell. */
export const consentRoutes = [] as const;
