// What the keyboard on a phone's screen leaves in sight. It covers the page without shrinking it, and the browser may move
// what is in sight down the page to where one writes. Looking closer with two fingers does the same to the numbers and is
// no reason to move: the panel would run away from the fingers.

/** Of less than that nobody looks closer on purpose. */
const ZOOMED = 1.01;

/** Has the style sheet fit `panel`, where it covers the whole screen, into what is in sight. */
export function fitInSight(frame: HTMLElement, panel: HTMLElement): void {
  const viewport = globalThis.visualViewport;
  if (!viewport) return;
  const fit = (): void => {
    // Against the panel and not as `scale`: a page wider than the screen is shown smaller to begin with.
    const zoom = panel.getBoundingClientRect().width / viewport.width;
    frame.style.setProperty('--in-sight', `${viewport.height * Math.max(1, zoom)}px`);
    // How far one has moved while looking closer says nothing; before and after, it is the keyboard's doing.
    if (zoom < ZOOMED) frame.style.setProperty('--in-sight-top', `${viewport.offsetTop}px`);
  };
  viewport.addEventListener('resize', fit);
  viewport.addEventListener('scroll', fit);
  fit();
}
