/**
 * After a change of page the focus goes to its h1. The heading may come with the route or later,
 * with its data: whichever is first takes the pending focus.
 */
let pending = false;

/** Called when the address of the page (not its search) is about to change. */
export function requestHeadingFocus(): void {
  pending = true;
}

/** Focuses the heading if a change of page is waiting for one. */
export function takeHeadingFocus(heading: HTMLElement | null): void {
  if (!pending || !heading) return;
  pending = false;
  heading.focus();
}
