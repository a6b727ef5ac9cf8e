// A device that keeps passkeys, as a laptop with a fingerprint reader does (WebAuthn's virtual
// authenticator, W3C Web Authentication 3, section 11).

/** Gives the page's browser one. Its person is always found, unless `isUserVerified` is false. */
export async function giveAuthenticator(page, { isUserVerified = true } = {}) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** How many passkeys it keeps. */
    count: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    /** The finger is the right one from now on, or a stranger's. */
    finds: (isThere) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: isThere }),
  };
}
