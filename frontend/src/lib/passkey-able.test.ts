import { afterEach, describe, expect, it, vi } from 'vitest';
import { canUsePasskeys } from './passkey-able';

describe('where passkeys can be used', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    ['localhost', true],
    ['tudominio.com', true],
    ['127.0.0.1', false],
    ['[::1]', false],
  ])('%s: %s', (hostname, able) => {
    vi.stubGlobal('PublicKeyCredential', vi.fn());
    expect(canUsePasskeys(hostname)).toBe(able);
  });

  it('never without a browser that has them', () => {
    expect(canUsePasskeys('localhost')).toBe(false);
  });
});
