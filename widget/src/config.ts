// Whose chat this is, where the server is, which language: what the script's tag and address say, however they came into the page.

import { languageOf, type Language } from './texts';

export interface Config {
  site: string;
  socketUrl: string;
  /** An address of the server's for this site, beside the script. */
  url: (path: string) => string;
  language: Language;
  /** The site's colour as `#rgb` or `#rrggbb`; `null` for Seatline's own. */
  color: string | null;
}

/** As much of a script element as matters here. */
export interface Tag {
  src: string;
  dataset: DOMStringMap;
}

/** The page and the script, as they can be found out. */
export interface Surroundings {
  /** The element that runs; not of a module, nor where a tag manager runs the script by other means. */
  current: Tag | null;
  /** Every script element. */
  tags: readonly Tag[];
  /** An error's, made at the script's top level: it names the file that runs. */
  stack: string;
  /** What the page has loaded. */
  resources: readonly string[];
}

/** What is said where nothing says whose chat this is. */
export class Unknown extends Error {}

/** The tag that says whose chat this is, at the address that the script came from. */
export function findTag({ current, tags, stack, resources }: Surroundings): Tag {
  const own = current?.src || (/(?:https?|file):\/\/[^\s()]+/.exec(stack)?.[0].replace(/(:\d+){1,2}$/, '') ?? '');
  // Bundled into another file, or run out of one, it does not know by itself where it came from.
  const isItself = isScript(own);
  const all = [
    ...(current ? [current] : []),
    ...tags.filter((tag) => tag.src === own),
    { src: own, dataset: {} },
    ...tags.map(({ src, dataset }) => ({ src: src || dataset['src'] || '', dataset })).filter(({ src }) => isScript(src)),
    ...resources.filter(isScript).map((src) => ({ src, dataset: {} })),
  ];
  // A script of that name on another host is somebody else's.
  const found = all.find((tag) => siteOf(tag) !== '' && (!isItself || hostOf(tag.src) === hostOf(own)));
  if (found) return { src: isItself ? own : found.src, dataset: { ...optionsOf(found.src), ...found.dataset } };
  const address = isItself ? new URL(own).origin + new URL(own).pathname : 'https://chat.example.com/widget.js';
  const where = isItself ? '' : ', with the address of your Seatline';
  throw new Unknown(`the script does not know its site. Load it as ${address}?site=KEY, with your site's key${where}`);
}

export function readConfig({ src, dataset }: Tag, pageLanguage: string, browserLanguage: string): Config {
  const site = dataset['site'] ?? '';
  // All is beside the script, whatever path that is served under.
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
    url: (path) => beside(path).href,
    language: languageOf(dataset['language'], pageLanguage, browserLanguage),
    color: dataset['color'] ?? null,
  };
}

function siteOf({ src, dataset }: Tag): string {
  return /^https?:/.test(src) ? dataset['site'] || optionsOf(src)['site'] || '' : '';
}

/** The options in the address, for those whose attributes get lost on the way. */
function optionsOf(src: string): DOMStringMap {
  return Object.fromEntries(new URL(src).searchParams);
}

function isScript(src: string): boolean {
  return /^https?:[^?#]*\/widget\.js(?:[?#]|$)/.test(src);
}

function hostOf(src: string): string {
  return new URL(src).host;
}
