import { describe, expect, it } from 'vitest';
import { readMarkup } from './markup';

const words = (content: string) =>
  readMarkup(content).map(({ title, blocks }) => [
    title,
    blocks.map(({ kind, lines }) => [kind, lines.map((line) => line.map(({ text, strong }) => (strong ? `<${text}>` : text)).join(''))]),
  ]);

describe('the markup of a notice', () => {
  it('reads sections, headings, lists, callouts and what stands out, as the server does', () => {
    const content = 'Resumen.\n\n> **Sensibles.** Solo así.\n\n## Para qué\n\n### Necesario\n- Uno.\n- Dos.\n\nFin\nde párrafo.';
    expect(words(content)).toEqual([
      ['', [['paragraph', ['Resumen.']], ['callout', ['<Sensibles.> Solo así.']]]],
      ['Para qué', [['heading', ['Necesario']], ['list', ['Uno.', 'Dos.']], ['paragraph', ['Fin de párrafo.']]]],
    ]);
  });

  it('leaves a pair that does not close as it was typed', () => {
    expect(words('Uno **dos')).toEqual([['', [['paragraph', ['Uno **dos']]]]]);
    expect(words('**Uno** y **dos')).toEqual([['', [['paragraph', ['<Uno> y **dos']]]]]);
  });

  it('parts two lists by an empty line', () => {
    expect(words('- Uno.\n\n- Dos.')).toEqual([['', [['list', ['Uno.']], ['list', ['Dos.']]]]]);
  });
});
