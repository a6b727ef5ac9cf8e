/** Fetches the notices of a person's own account, which most people do not have. */
export const loadAccountNotices = () => import('./account-notices');
