// Checks the weights of the build against design/ui.md 8 (gzip, kB of 1,000 bytes), from Vite's
// manifest. Prints each measure and ends with 1 when one is over.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', dist), 'utf8'));
const ENTRY = 'index.html';
const SHELL = 'src/app/layouts/shell.tsx';
const SIGN_IN = 'src/features/auth/pages/sign-in-page.tsx';
const PUBLIC = 'src/public/public.css';

const sizes = new Map();

function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length);
  return sizes.get(file);
}

/** A chunk and all that it loads at once, as manifest keys. */
function closure(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The manifest has no ${key}: build first, or mend scripts/budget.mjs`);
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of chunk.imports ?? []) closure(next, seen);
  return seen;
}

function union(...keys) {
  const all = new Set();
  for (const key of keys) for (const member of closure(key)) all.add(member);
  return [...all];
}

function weigh(files) {
  return [...new Set(files)].reduce((sum, file) => sum + gzipped(file), 0) / 1000;
}

function js(keys) {
  return weigh(keys.map((key) => manifest[key].file).filter((file) => file.endsWith('.js')));
}

function css(keys) {
  return weigh(keys.flatMap((key) => manifest[key].css ?? []));
}

const pages = Object.keys(manifest).filter((key) => /^src\/features\/[^/]+\/pages\//.test(key));
const frame = union(ENTRY, SHELL);
// What forms need (@mantine/form, zod) is fetched once by the first page with a form and shared by
// all: it is counted with the shell, as if each person met a form, and not again with every route.
const kit = Object.keys(manifest).filter((key) => ['form', 'validation'].includes(manifest[key].name));
if (kit.length !== 2) throw new Error('The chunks of the form kit are not where they were: mend scripts/budget.mjs');
const shared = new Set([...frame, ...union(...kit)]);
// The editors in which a visit is written may weigh more than a page.
const EDITORS = ['src/features/consultation/pages/consultation-page.tsx', 'src/features/prescription/pages/prescription-page.tsx'];
// What can come on top of any page.
const extras = [
  'src/components/ui/menu-popover.tsx',
  'src/features/palette/palette.tsx',
  'src/features/auth/components/session-dialog.tsx',
];

const measures = [
  ['entry + sign-in JS', js(union(ENTRY, SIGN_IN)), 145],
  ['entry + shell + form kit JS', js([...shared]), 175],
];
for (const page of pages) {
  const own = union(ENTRY, SHELL, page).filter((key) => !shared.has(key));
  const everything = union(ENTRY, SHELL, page, ...extras);
  measures.push([`${page} own JS`, js(own), EDITORS.includes(page) ? 60 : 30]);
  measures.push([`${page} with shell and palette JS`, js(everything), 240]);
  measures.push([`${page} CSS`, css(everything), 25]);
}
measures.push(['public CSS', weigh([manifest[PUBLIC].file]), 25]);
const font = Object.values(manifest).find((chunk) => /inter-latin-wght.*\.woff2$/.test(chunk.file));
const fontSize = font ? readFileSync(new URL(font.file, dist)).length / 1000 : Number.NaN;
measures.push(['font', fontSize, 49]);

let over = 0;
for (const [name, size, limit] of measures) {
  const isOver = !(size <= limit);
  if (isOver) over += 1;
  process.stdout.write(`${isOver ? 'OVER ' : 'ok   '} ${size.toFixed(1).padStart(6)} / ${limit} kB  ${name}\n`);
}
process.exit(over > 0 ? 1 : 0);
