const NUMBER = /^(\d{1,3}\.){3}\d{1,3}$|:/;

/** Whether this page may use passkeys: the browser has them, and they belong to a name, never to a number. */
export function canUsePasskeys(hostname = window.location.hostname): boolean {
  return typeof PublicKeyCredential !== 'undefined' && !NUMBER.test(hostname);
}
