/** A piece of one of two texts; `changed` when the other does not have it. */
export interface Piece {
  text: string;
  changed: boolean;
}

/** Above this the comparison would be felt while typing; such texts are marked as a whole. */
const MOST_CELLS = 400_000;

function words(text: string): string[] {
  return text.match(/\s+|[^\s]+/g) ?? [];
}

/** The longest common run of words, as a table of lengths from the end. */
function table(one: readonly string[], other: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: one.length + 1 }, () => new Uint32Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      const below = rows[i + 1]?.[j] ?? 0;
      const beside = rows[i]?.[j + 1] ?? 0;
      const row = rows[i];
      if (row) row[j] = one[i] === other[j] ? (rows[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(below, beside);
    }
  }
  return rows;
}

function push(pieces: Piece[], text: string, changed: boolean): void {
  const last = pieces.at(-1);
  if (last?.changed === changed) last.text += text;
  else pieces.push({ text, changed });
}

/** Marks in each of two texts the words that the other does not have. */
export function compareTexts(one: string, other: string): { one: Piece[]; other: Piece[] } {
  const [a, b] = [words(one), words(other)];
  const whole = (text: string) => (text === '' ? [] : [{ text, changed: true }]);
  if (a.length * b.length > MOST_CELLS) return { one: whole(one), other: whole(other) };
  const lengths = table(a, b);
  const result: { one: Piece[]; other: Piece[] } = { one: [], other: [] };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push(result.one, a[i] ?? '', false);
      push(result.other, b[j] ?? '', false);
      [i, j] = [i + 1, j + 1];
    } else if (j >= b.length || (i < a.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))) {
      push(result.one, a[i] ?? '', true);
      i += 1;
    } else {
      push(result.other, b[j] ?? '', true);
      j += 1;
    }
  }
  return result;
}
