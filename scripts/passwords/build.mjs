// Writes internal/account/passwords.bin: the first five bytes of the
// SHA-256 of each folded password or word, sorted, without separators. Go folds
// in the same way (internal/account/common.go).
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const BYTES = 5;
const SHORTEST_STEM = 4;
const SHORTEST_WHOLE = 10;
const SPANISH_WORDS = 25000;

const fold = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const stem = (text) => text.replace(/^\P{L}+|\P{L}+$/gu, '');

const [breached, common, spanish, target] = process.argv.slice(2);
const json = (folder, name) => JSON.parse(readFileSync(join(folder, 'src', name), 'utf8'));

const stems = new Set();
const lists = [
  json(common, 'passwords.json'),
  json(spanish, 'commonWords.json').slice(0, SPANISH_WORDS),
  json(spanish, 'firstnames.json'),
  json(spanish, 'lastnames.json'),
];
for (const word of lists.flat().map(fold)) {
  if (word.length >= SHORTEST_STEM) stems.add(word);
}

const all = new Set(stems);
const leaked = readFileSync(join(breached, 'source_data', '10_million_password_list_top_1M.txt'), 'utf8');
for (const word of leaked.split(/\r?\n/).map(fold)) {
  // One that is refused by its stem need not stand here as a whole.
  if (word.length >= SHORTEST_WHOLE && !stems.has(stem(word))) all.add(word);
}

const hashes = [...all].map((word) => createHash('sha256').update(word).digest('hex').slice(0, 2 * BYTES));
const sorted = [...new Set(hashes)].sort();
writeFileSync(target, Buffer.from(sorted.join(''), 'hex'));
process.stdout.write(`${sorted.length}\n`);
