import { expect, it } from 'vitest';
import { translator } from './t';

const t = translator({ greeting: 'Hola, {name}', nested: { found: { one: 'Uno', other: '{count} en total' } } });

it('fills the places of a text', () => {
  expect(t('greeting', { name: 'Ximena' })).toBe('Hola, Ximena');
});

it('chooses the form by the number and groups its digits', () => {
  expect(t('nested.found', { count: 1 })).toBe('Uno');
  expect(t('nested.found', { count: 1284 })).toBe('1,284 en total');
});
