/**
 * The markup of a notice, read as the server reads it (internal/notice/markup.go): «## » begins a
 * section, «### » a heading, «- » an item of a list, «> » a callout; ** encloses what stands out.
 * Anything else is text.
 */
export interface Span {
  text: string;
  strong: boolean;
}

export interface Block {
  kind: 'paragraph' | 'heading' | 'list' | 'callout';
  /** A list has one line for each item, the others one. */
  lines: readonly (readonly Span[])[];
}

export interface Section {
  /** Empty for what stands before the first title: the summary. */
  title: string;
  blocks: readonly Block[];
}

const MARKS = [
  ['### ', 'heading'],
  ['- ', 'list'],
  ['> ', 'callout'],
] as const;

function spans(text: string): Span[] {
  const parts = text.split('**');
  // A pair that does not close is text.
  if (parts.length % 2 === 0) {
    const last = parts.pop() ?? '';
    parts.push(`${parts.pop() ?? ''}**${last}`);
  }
  return parts.map((part, index) => ({ text: part, strong: index % 2 === 1 })).filter(({ text: words }) => words !== '');
}

function blockOf(line: string): Block {
  const mark = MARKS.find(([prefix]) => line.startsWith(prefix));
  const text = mark ? line.slice(mark[0].length) : line;
  return { kind: mark?.[1] ?? 'paragraph', lines: [spans(text)] };
}

/** Lines that belong to the block before: further items of a list, further lines of a paragraph. */
function join(before: Block, next: Block): Block | undefined {
  if (before.kind !== next.kind) return undefined;
  if (before.kind === 'list') return { kind: 'list', lines: [...before.lines, ...next.lines] };
  if (before.kind !== 'paragraph') return undefined;
  const [first = []] = before.lines;
  const [second = []] = next.lines;
  return { kind: 'paragraph', lines: [[...first, { text: ' ', strong: false }, ...second]] };
}

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line === '') {
      isOpen = false;
      continue;
    }
    const block = blockOf(line);
    const last = blocks.at(-1);
    const joined = isOpen && last ? join(last, block) : undefined;
    if (joined) blocks[blocks.length - 1] = joined;
    else blocks.push(block);
    isOpen = true;
  }
  return blocks;
}

/** The sections of a notice. */
export function readMarkup(content: string): Section[] {
  const groups: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  for (const raw of content.split('\n')) {
    const line = raw.trim();
    if (line.startsWith('## ')) groups.push({ title: line.slice(3), lines: [] });
    else groups.at(-1)?.lines.push(line);
  }
  return groups.map(({ title, lines }) => ({ title, blocks: blocksOf(lines) }));
}
