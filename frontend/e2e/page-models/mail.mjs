// The page of the letters that did not leave this machine, where no mail server is configured.
import { eventually } from '../harness/wait.mjs';

export class MailPage {
  /** @param {import('playwright-core').Page} page open at /dev/mail */
  constructor(page) {
    this.page = page;
  }

  /** Letters of a kind to somebody, the newest first. */
  letters(to, kind) {
    return this.page.locator(`article[data-kind="${kind}"]`).filter({ hasText: to });
  }

  /** Where the newest letter of a kind to somebody leads: path and fragment. */
  async linkFor(to, kind) {
    const link = this.letters(to, kind).first().getByRole('link');
    const href = await eventually(async () => {
      await this.page.reload();
      return link.getAttribute('href', { timeout: 1_000 });
    });
    const { pathname, hash } = new URL(href, this.page.url());
    return pathname + hash;
  }
}
