// The widget's element on the page, and its staying there: in the browser's top layer, which no `z-index` of the page
// covers and no `transform` of its body moves, and back again after a page has thrown its body away. A dialog of the page
// that makes everything around it inert does not mean the chat, which lies above it.

/** A page that does it again each time is not fought with: this often … */
const TIMES_MAX = 5;
/** … in this time. */
const WITHIN_MS = 1_000;

/** What makes an element out of reach, for everybody or for a screen reader. */
const HIDING = ['inert', 'aria-hidden'];

/** An event that nobody hears where the document has been written anew: that takes the listeners off all there was. */
const ALIVE = 'alive';

/** Puts the element into the page. What comes back does so again, if it is not there. `dead` is told if it is of no more use. */
export function settle(host: HTMLElement, dead: () => void): () => void {
  let alive = false;
  host.addEventListener(ALIVE, () => (alive = true));
  const place = calmly(() => {
    if (host.isConnected || !document.body) return;
    document.body.append(host);
    // Older browsers have no such layer; there the highest `z-index` must do.
    if (typeof host.showPopover === 'function') host.showPopover();
  });
  const look = (): void => {
    page.disconnect();
    alive = false;
    host.dispatchEvent(new Event(ALIVE));
    if (!alive) {
      host.remove();
      return dead();
    }
    // A page that is copied, body and all, has copies without anything in them.
    for (const other of document.querySelectorAll(host.localName)) if (other !== host) other.remove();
    // Any of these may be another one by now.
    for (const parent of [document, document.documentElement, document.body]) {
      if (parent) page.observe(parent, { childList: true });
    }
    if (!host.isConnected) place();
  };
  const page = new MutationObserver(look);
  const reveal = calmly(() => HIDING.forEach((name) => host.removeAttribute(name)));
  new MutationObserver(() => {
    if (HIDING.some((name) => host.hasAttribute(name))) reveal();
  }).observe(host, { attributeFilter: HIDING });
  host.setAttribute('popover', 'manual');
  look();
  return look;
}

/** Does it at once, or, if it was done too often lately, in a moment. */
function calmly(act: () => void): () => void {
  const times: number[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = (): void => {
    timer = undefined;
    times.unshift(performance.now());
    times.length = Math.min(times.length, TIMES_MAX);
    act();
  };
  return () => {
    const wait = (times[TIMES_MAX - 1] ?? -WITHIN_MS) + WITHIN_MS - performance.now();
    if (wait <= 0) go();
    else timer ??= setTimeout(go, wait);
  };
}
