// Where it starts: finds the script tag, puts the parts together, tells the session what happens on the page.

import { advise } from './advice';
import { findScript, readConfig } from './config';
import { environment, pageView, watchPage } from './page';
import { Session } from './session';
import { Store, usableStorage } from './store';
import { App, wholeScreen } from './view/app';
import { guardWindow } from './view/events';

const script = findScript(document);
if (!script) console.warn('Seatline: the script tag has no data-site');
else {
  guardWindow();
  if (document.body) boot(script);
  else document.addEventListener('DOMContentLoaded', () => boot(script), { once: true });
}

function boot(tag: HTMLScriptElement): void {
  // A page that includes the script twice still gets one chat.
  if (document.querySelector('seatline-chat')) return;
  const config = readConfig(tag.dataset, tag.src, document.documentElement.lang, navigator.language);
  const store = new Store(config.site, usableStorage());
  const session = new Session({
    socketUrl: config.socketUrl,
    store,
    page: pageView,
    environment,
    visible: () => document.visibilityState === 'visible',
    now: Date.now,
    random: Math.random,
  });
  session.resume(!wholeScreen());
  const app = new App(session, config.language, config.color);
  advise(session, config);
  watchPage(() => session.pageChanged());
  const wake = (): void => {
    if (document.visibilityState === 'visible') session.wake();
  };
  document.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  addEventListener('pagehide', () => session.sleep(app.draft));
  addEventListener('pageshow', wake);
  addEventListener('storage', (event) => {
    if (event.key === store.key) session.storeChanged();
  });
}
