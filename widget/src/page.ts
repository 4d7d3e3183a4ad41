// The page around the widget: where the visitor is, what the browser tells of itself, and when they go elsewhere.

import type { Environment, PageView } from './protocol';
import { firstCharacters } from './words';

const URL_CHARS_MAX = 2_048;
const TITLE_CHARS_MAX = 256;

/** Pages set their title after the address. */
const SETTLE_MS = 500;

export function pageView(): PageView {
  return {
    url: firstCharacters(location.href, URL_CHARS_MAX),
    title: firstCharacters(document.title, TITLE_CHARS_MAX),
    referrer: firstCharacters(document.referrer, URL_CHARS_MAX),
  };
}

export function environment(): Environment {
  return {
    language: navigator.language.slice(0, 35),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? '',
    screen_width: screen.width,
    screen_height: screen.height,
  };
}

/** Calls `changed` after the visitor went to another address without a new page being loaded. */
export function watchPage(changed: () => void): void {
  let url = location.href;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    if (location.href === url) return;
    url = location.href;
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLE_MS);
  };
  const modern = (globalThis as { navigation?: EventTarget }).navigation;
  if (modern) {
    modern.addEventListener('currententrychange', look);
    return;
  }
  addEventListener('popstate', look);
  addEventListener('hashchange', look);
  // Nothing tells of pushState in older browsers but pushState itself. What others put there goes on working.
  const push = history.pushState;
  history.pushState = function (...args) {
    push.apply(this, args);
    look();
  };
}
