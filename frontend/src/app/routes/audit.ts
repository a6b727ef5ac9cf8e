/** The routes of features/audit, below the shell. */
export const auditRoutes = [] as const;
