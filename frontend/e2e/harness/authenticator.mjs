// A device that keeps passkeys and always finds its person, as a laptop with a fingerprint reader does.

/** Gives the page's browser one; it answers every ceremony at once. */
export async function giveAuthenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
}

/** The program's address by the name of this machine: a passkey cannot belong to a number. */
export function byName(url) {
  return url.replace('127.0.0.1', 'localhost');
}
