// The widget's element on the page, and its staying there: in the browser's top layer, which no `z-index` of the page
// covers and no `transform` of its body moves, and back again after a page has thrown its body away.

/** A page that removes what it does not know, each time it is put back, is not fought with. */
const AGAIN_MS_MIN = 1_000;

export function settle(host: HTMLElement): void {
  let settledAt = -AGAIN_MS_MIN;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const place = (): void => {
    timer = undefined;
    if (host.isConnected) return;
    settledAt = performance.now();
    document.body.append(host);
    body.disconnect();
    body.observe(document.documentElement, { childList: true });
    body.observe(document.body, { childList: true });
    // Older browsers have no such layer; there the highest `z-index` must do.
    if (typeof host.showPopover === 'function') host.showPopover();
  };
  const body = new MutationObserver(() => {
    if (host.isConnected || timer !== undefined || !document.body) return;
    const wait = settledAt + AGAIN_MS_MIN - performance.now();
    if (wait <= 0) place();
    else timer = setTimeout(place, wait);
  });
  host.setAttribute('popover', 'manual');
  place();
}
