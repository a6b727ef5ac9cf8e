// Looks at a page as it stands: accessibility in both schemes, reflow, and a picture of each.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCHEME = 'data-mantine-color-scheme';

/** Dialogs fade and skeletons give way; only what stays is looked at. A page behind another is not drawn. */
export async function settle(page) {
  await page.bringToFront();
  await page.evaluate(async () => {
    const running = () =>
      document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await document.fonts.ready;
    await drawn();
    for (let moving = running(); moving.length > 0; moving = running()) {
      await Promise.allSettled(moving.map((one) => one.finished));
      await drawn();
    }
  });
}

async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const found = await page.evaluate(
    async (values) => (await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })).violations,
    TAGS,
  );
  return found.map(({ id, help, nodes }) => {
    const places = nodes.slice(0, 3).map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`);
    return `${id}: ${help}\n      ${places.join('\n      ')}`;
  });
}

/** Nothing has to be scrolled sideways. */
export async function fitsItsWidth(page) {
  const over = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const main = document.querySelector('main');
    const wide = [document.scrollingElement, main].filter((box) => box && box.scrollWidth > box.clientWidth + 1);
    if (wide.length === 0) return undefined;
    const far = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1);
    return far.slice(0, 5).map((one) => one.outerHTML.slice(0, 140)).join('\n      ');
  });
  assert.equal(over, undefined, `the page scrolls sideways; beyond the edge:\n      ${over}`);
}

/** Runs work in each colour scheme and leaves the page as it was. */
async function inBothSchemes(page, work) {
  const own = await page.evaluate((name) => document.documentElement.getAttribute(name), SCHEME);
  for (const scheme of ['light', 'dark']) {
    await page.evaluate(([name, value]) => document.documentElement.setAttribute(name, value), [SCHEME, scheme]);
    await settle(page);
    await work(scheme);
  }
  await page.evaluate(([name, value]) => document.documentElement.setAttribute(name, value), [SCHEME, own]);
}

/** Zero violations of axe in light and dark, no sideways scroll, and a picture of both. */
export async function lookAt(page, picture) {
  await settle(page);
  await fitsItsWidth(page);
  await inBothSchemes(page, async (scheme) => {
    const found = await violations(page);
    await page.screenshot({ path: picture(scheme) });
    assert.equal(found.length, 0, `axe, ${scheme}:\n    ${found.join('\n    ')}`);
  });
}
