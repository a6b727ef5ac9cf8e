import { lockGate } from './api/lock-gate';

/** What stays when the page is covered: the lock itself, and what is no content. */
const STAYS = '[data-lock], script, style';

function hide(node: Node): HTMLElement | undefined {
  if (!(node instanceof HTMLElement) || node.matches(STAYS) || node.hidden) return undefined;
  node.hidden = true;
  node.inert = true;
  return node;
}

/**
 * Takes everything off the screen, dialogs that stand beside the page included, while it all stays
 * in memory as it is: nothing can be seen, read aloud, focused or printed. Only `[data-lock]` stays.
 * Answers how to bring it back, with the focus where it was.
 */
function coverPage(): () => void {
  const focused = document.activeElement;
  const hidden: HTMLElement[] = [];
  const cover = (nodes: Iterable<Node>) => {
    for (const node of nodes) {
      const covered = hide(node);
      if (covered) hidden.push(covered);
    }
  };
  cover(Array.from(document.body.children));
  // What opens meanwhile, as the answer to a request that was under way, is covered too.
  const watch = new MutationObserver((changes) => {
    for (const change of changes) cover(Array.from(change.addedNodes));
  });
  watch.observe(document.body, { childList: true });
  return () => {
    watch.disconnect();
    for (const node of hidden) {
      node.hidden = false;
      node.inert = false;
    }
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
  };
}

/**
 * Covers the page whenever it is locked, at once and not with the next rendering, and brings it back.
 * Answers how to stop.
 */
export function followLock(): () => void {
  let uncover: (() => void) | undefined;
  const follow = () => {
    const isOpen = lockGate.getState() === 'open';
    if (!isOpen) uncover ??= coverPage();
    else {
      uncover?.();
      uncover = undefined;
    }
  };
  follow();
  const stop = lockGate.subscribe(follow);
  return () => {
    stop();
    uncover?.();
  };
}
