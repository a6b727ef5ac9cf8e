import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '..');
const mantine = join(source, '../node_modules/@mantine/core/styles');

function filesBelow(folder: string, ends: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ends.test(name))
    .map((name) => join(folder, name));
}

function read(files: string[]): string {
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

function found(text: string, pattern: RegExp): Set<string> {
  return new Set(Array.from(text.matchAll(pattern), (match) => match[1] ?? ''));
}

const tokens = readFileSync(join(source, 'styles/tokens.css'), 'utf8');
const defined = found(tokens, /(--[\w-]+):/g);

it('defines every variable that the imported styles of Mantine use', () => {
  const imported = found(read(filesBelow(source, /\.tsx$/)), /@mantine\/core\/styles\/(\w+\.layer\.css)/g);
  const used = found(read([...imported].map((name) => join(mantine, name))), /var\((--mantine-[\w-]+)/g);
  expect(imported.size).toBeGreaterThan(0);
  expect([...used].filter((name) => !defined.has(name))).toEqual([]);
});

it('takes the layered form of Mantine, so that our styles win in whatever order they load', () => {
  expect(read(filesBelow(source, /\.tsx$/))).not.toMatch(/@mantine\/core\/styles\/\w+\.css/);
});

it('defines every variable that our own styles use', () => {
  const styles = read(filesBelow(source, /\.css$/));
  const local = found(styles, /(--[\w-]+):/g);
  const used = found(styles, /var\((--[\w-]+)/g);
  expect([...used].filter((name) => !local.has(name))).toEqual([]);
});

it('keeps every colour in the tokens', () => {
  const modules = filesBelow(source, /\.module\.css$/).filter((file) => /#[0-9a-f]{3,8}\b|rgb\(/i.test(read([file])));
  expect(modules).toEqual([]);
});

it('gives every colour a dark value, but for those that are the same in both', () => {
  const [light = '', dark = ''] = tokens.split("[data-mantine-color-scheme='dark']");
  const colours = found(light, /(--[\w-]+): (?:#|rgb)/g);
  const same = ['--on-accent', '--on-red', '--panel-text', '--panel-text-2', '--panel-line', '--panel-line-2'];
  const darkOnes = found(dark, /(--[\w-]+):/g);
  const isSame = (name: string) => same.includes(name) || name.startsWith('--phone-');
  expect([...colours].filter((name) => !darkOnes.has(name) && !isSame(name))).toEqual([]);
});
