/** The routes of features/messages, below the shell. */
export const messageRoutes = [] as const;
