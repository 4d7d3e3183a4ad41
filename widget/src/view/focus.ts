// Keeps Tab inside the panel while it covers the whole screen.

const FOCUSABLE = 'button, textarea, input, a, [tabindex="0"]';

export function wrapTab(panel: HTMLElement, root: ShadowRoot, event: KeyboardEvent): void {
  const inReach = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.offsetParent !== null && !element.matches(':disabled'),
  );
  const [first, last] = [inReach[0], inReach[inReach.length - 1]];
  const leaving = event.shiftKey ? [first, panel] : [last];
  if (!first || !last || !leaving.includes(root.activeElement as HTMLElement)) return;
  event.preventDefault();
  (event.shiftKey ? last : first).focus();
}
