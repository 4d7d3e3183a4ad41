// Where it starts: finds out whose chat this is, puts the parts together, tells the session what happens on the page.

import { advise, warn } from './advice';
import { serverTime } from './clock';
import { findTag, readConfig, Unknown, type Config, type Tag } from './config';
import { ask } from './http';
import { Keep } from './keep';
import { environment, pageView, watchPage } from './page';
import { Session } from './session';
import { Store } from './store';
import { Turn } from './turn';
import { App, wholeScreen } from './view/app';
import { guardWindow } from './view/events';
import { uuid } from './words';

/** Under which the page has its chat: however often the script runs there is one. */
const CHAT = Symbol.for('seatline-chat');

/** Puts the chat back into the page, if it is not there. */
type Chat = () => void;

const page = document as Document & { [CHAT]?: Chat };

start();

function start(): void {
  // A new body often comes with the tag once more, and before anything has noticed that the old one is gone.
  if (page[CHAT]) return page[CHAT]();
  const current = page.currentScript;
  const surroundings = {
    current: current instanceof HTMLScriptElement ? current : null,
    tags: [...page.scripts],
    stack: new Error().stack ?? '',
    resources: performance.getEntriesByType('resource').map(({ name }) => name),
  };
  let tag: Tag;
  try {
    tag = findTag(surroundings);
  } catch (error) {
    if (!(error instanceof Unknown)) throw error;
    return warn(error.message);
  }
  const config = readConfig(tag, page.documentElement.lang, navigator.language);
  page[CHAT] = () => {};
  guardWindow();
  whenLookedAt(() => boot(config));
}

/** Once there is a body, and the page is more than a guess of the browser's about where the visitor goes next. */
function whenLookedAt(go: () => void): void {
  const { prerendering } = page as Document & { prerendering?: boolean };
  if (prerendering) page.addEventListener('prerenderingchange', () => whenLookedAt(go), { once: true });
  else if (!page.body) page.addEventListener('DOMContentLoaded', go, { once: true });
  else go();
}

function boot(config: Config): void {
  const keep = new Keep(() => localStorage);
  const store = new Store(config.site, keep);
  const session = new Session({
    socketUrl: config.socketUrl,
    store,
    turn: new Turn(`${store.key}:turn`, keep, navigator.locks, uuid()),
    postTurn: new Turn(`${store.key}:turn`, keep, navigator.locks, uuid()),
    ask: (path, body) => ask(config.url(`widget/${path}`), body),
    page: pageView,
    environment,
    visible: () => page.visibilityState === 'visible',
    now: serverTime,
    random: Math.random,
  });
  session.resume(!wholeScreen());
  show(session, store, config);
}

/** Puts the chat on the page, and listens to what happens there. */
function show(session: Session, store: Store, config: Config): void {
  const again = (): void => {
    session.keep();
    session.unsubscribe();
    guardWindow();
    show(session, store, config);
  };
  page[CHAT] = new App(session, config.language, config.color, again).settle;
  advise(session, config);
  watchPage(() => session.pageChanged());
  const wake = (): void => {
    if (page.visibilityState === 'visible') session.wake();
    else session.keep();
  };
  page.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  addEventListener('pagehide', () => session.sleep());
  addEventListener('pageshow', wake);
  addEventListener('storage', ({ key }) => {
    if (key === store.key || key === store.draftKey || key === null) session.storeChanged();
  });
}
