/**
 * The token of a link from a mail. It comes in the fragment, which no server sees, and leaves the
 * address at once, so that neither the history nor a glance at the screen keeps it. It stays in
 * memory, by page, through a sign-in that the page may need first.
 */
const held = new Map<string, string>();

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keeps the token that the fragment of a page's address is; a mail program may have put spaces in it. */
export function holdToken(path: string, fragment: string): void {
  held.set(path, decode(fragment).replace(/\s/g, ''));
}

/** The token this page was opened with; undefined when it was opened without. */
export function heldToken(path: string): string | undefined {
  const token = held.get(path);
  return token === '' ? undefined : token;
}

/** Called once the token is used up. */
export function dropToken(path: string): void {
  held.delete(path);
}
