// What the script tag and the page around it say: whose chat this is, where the server is, which language.

import { languageOf, type Language } from './texts';

export interface Config {
  site: string;
  socketUrl: string;
  /** Says whether the site is open to this page. */
  checkUrl: string;
  language: Language;
  /** The site's colour as `#rgb` or `#rrggbb`; `null` for Seatline's own. */
  color: string | null;
}

/** The tag that loaded this script; `null` if there is none with a site key. */
export function findScript(page: Document): HTMLScriptElement | null {
  const current = page.currentScript;
  if (current instanceof HTMLScriptElement && current.dataset['site']) return current;
  // A tag manager may run the script without `currentScript`.
  return page.querySelector<HTMLScriptElement>('script[data-site]:not([data-site=""])[src*="widget.js"]');
}

export function readConfig(data: DOMStringMap, src: string, pageLanguage: string, browserLanguage: string): Config {
  const site = data['site'] ?? '';
  // Both are beside the script, whatever path they are served under.
  const beside = (path: string): URL => {
    const url = new URL(path, src);
    url.searchParams.set('site', site);
    return url;
  };
  const socket = beside('ws/guest');
  socket.protocol = socket.protocol === 'http:' ? 'ws:' : 'wss:';
  return {
    site,
    socketUrl: socket.href,
    checkUrl: beside('widget/check').href,
    language: languageOf(data['language'], pageLanguage, browserLanguage),
    color: data['color'] ?? null,
  };
}
