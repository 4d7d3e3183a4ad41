// What the script tag and the page around it say: whose chat this is, where the server is, which language.

import { languageOf, type Language } from './texts';

export interface Config {
  site: string;
  socketUrl: string;
  language: Language;
  /** The site's colour as `#rgb` or `#rrggbb`; `null` for Seatline's own. */
  color: string | null;
}

/** The tag that loaded this script; `null` if there is none with a site key. */
export function findScript(page: Document): HTMLScriptElement | null {
  const current = page.currentScript;
  if (current instanceof HTMLScriptElement && current.dataset['site']) return current;
  // A tag manager may run the script without `currentScript`.
  return page.querySelector<HTMLScriptElement>('script[data-site][src*="widget.js"]');
}

export function readConfig(data: DOMStringMap, src: string, pageLanguage: string, browserLanguage: string): Config {
  return {
    site: data['site'] ?? '',
    socketUrl: socketUrl(src, data['site'] ?? ''),
    language: languageOf(data['language'], pageLanguage, browserLanguage),
    color: data['color'] ?? null,
  };
}

/** The guest endpoint beside the script, whatever path both are served under. */
function socketUrl(src: string, site: string): string {
  const url = new URL('ws/guest', src);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  url.searchParams.set('site', site);
  return url.href;
}
