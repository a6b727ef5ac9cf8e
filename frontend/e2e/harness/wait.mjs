// What must become true. Every check waits for the page and fails with what was there instead.
import assert from 'node:assert/strict';

// A loaded machine is slow, not wrong: a check that will come true ends at once, however long it may wait.
const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Repeats a check until it does not throw; the last reason is the error. */
export async function eventually(check, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** The element is on the page and can be seen. */
export async function sees(locator) {
  await locator.first().waitFor({ state: 'visible', timeout: PATIENCE_MS });
}

/** The element is not on the page, or cannot be seen. */
export async function lacks(locator) {
  await locator.first().waitFor({ state: 'hidden', timeout: PATIENCE_MS });
}

/** The element says this, whatever its white space. */
export function says(locator, expected) {
  return eventually(async () => {
    const text = (await locator.first().innerText({ timeout: PATIENCE_MS })).replace(/\s+/g, ' ').trim();
    if (expected instanceof RegExp) assert.match(text, expected);
    else assert.ok(text.includes(expected), `«${text}» does not hold «${expected}»`);
  });
}

/** The field holds this value. */
export function holds(locator, expected) {
  return eventually(async () => assert.equal(await locator.inputValue({ timeout: PATIENCE_MS }), expected));
}

/** So many of them are on the page. */
export function counts(locator, expected) {
  return eventually(async () => assert.equal(await locator.count(), expected));
}

/** The keyboard's focus is on the element. */
export function hasFocus(locator) {
  return eventually(async () => {
    const there = await locator.evaluate((element) => element === document.activeElement, undefined, {
      timeout: PATIENCE_MS,
    });
    const active = there ? '' : await locator.page().evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    assert.ok(there, `the focus is on ${active}`);
  });
}

/** The page's address has this path, a string or a pattern. */
export function isAt(page, path) {
  return eventually(() => {
    const { pathname } = new URL(page.url());
    if (path instanceof RegExp) assert.match(pathname, path);
    else assert.equal(pathname, path);
  });
}
