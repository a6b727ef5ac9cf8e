// A doctor who uses the keyboard only: every key is counted.
import assert from 'node:assert/strict';

const MOST_TABS = 80;

export class Hands {
  constructor(page) {
    this.page = page;
    this.keys = 0;
    this.began = performance.now();
  }

  async press(key) {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  async type(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  /** Walks with Tab (or `key`) until the element has the focus. */
  async walkTo(locator, key = 'Tab') {
    for (let steps = 0; steps < MOST_TABS; steps += 1) {
      if (await locator.evaluateAll((all) => all.includes(document.activeElement))) return;
      await this.press(key);
    }
    const active = await this.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160));
    assert.fail(`Tab does not lead to ${locator}; the focus is on ${active}`);
  }

  /** What the visit cost, for the record. */
  report(name) {
    const seconds = (performance.now() - this.began) / 1000;
    process.stdout.write(`# ${name}: ${this.keys} keys, 0 clicks, ${seconds.toFixed(1)} s of the machine\n`);
  }
}
