// The widget's element on the page, and its staying there: in the browser's top layer, which no `z-index` of the page
// covers and no `transform` of its body moves, and back again after a page has thrown its body away. A dialog of the page
// that makes everything around it inert does not mean the chat, which lies above it.

/** A page that does it again each time is not fought with. */
const AGAIN_MS_MIN = 1_000;

/** What makes an element out of reach, for everybody or for a screen reader. */
const HIDING = ['inert', 'aria-hidden'];

export function settle(host: HTMLElement): void {
  const place = calmly(() => {
    if (host.isConnected) return;
    document.body.append(host);
    body.disconnect();
    body.observe(document.documentElement, { childList: true });
    body.observe(document.body, { childList: true });
    // Older browsers have no such layer; there the highest `z-index` must do.
    if (typeof host.showPopover === 'function') host.showPopover();
  });
  const body = new MutationObserver(() => {
    if (!host.isConnected && document.body) place();
  });
  const reveal = calmly(() => HIDING.forEach((name) => host.removeAttribute(name)));
  new MutationObserver(() => {
    if (HIDING.some((name) => host.hasAttribute(name))) reveal();
  }).observe(host, { attributeFilter: HIDING });
  host.setAttribute('popover', 'manual');
  place();
}

/** Does it at once, or, if it was done a moment ago, in a moment. */
function calmly(act: () => void): () => void {
  let next = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    timer = undefined;
    next = performance.now() + AGAIN_MS_MIN;
    act();
  };
  return () => {
    const wait = next - performance.now();
    if (wait <= 0) go();
    else timer ??= setTimeout(go, wait);
  };
}
