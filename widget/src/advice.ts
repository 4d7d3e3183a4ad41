// Why there is no connection: what a socket keeps from scripts is found out over HTTP. The visitor is told in a sentence, and the page's
// developer in the console, with what to do. What is not known is not guessed.

import type { Config } from './config';
import { ask } from './http';
import type { Session } from './session';

/** So long a connection may take before anybody asks what is wrong with it … */
const PATIENCE_MS = 4_000;
/** … and again while there is none. */
const AGAIN_MS = 10_000;
const AGAIN_MS_CUT_OFF = 60_000;
/** A socket that could get through does so not much later than an answer over HTTP. */
const GRACE_MS = 2_000;

export function advise(session: Session, { site, socketUrl, url }: Config): void {
  const { origin, protocol } = new URL(socketUrl);
  const server = new URL(url('')).origin;
  document.addEventListener('securitypolicyviolation', ({ blockedURI, disposition, effectiveDirective }) => {
    // Some browsers name the address, some only its scheme.
    const ours = blockedURI.startsWith(origin) || `${blockedURI}:` === protocol;
    if (disposition !== 'enforce' || effectiveDirective !== 'connect-src' || !ours || session.state.everReady) return;
    warn(`the page's Content-Security-Policy lacks connect-src ${origin}`);
    session.refuse('blocked');
  });

  const said = new Set<string>();
  const say = (what: string): void => {
    if (!said.has(what)) warn(what);
    said.add(what);
  };
  /** While there should be a connection and is none. */
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looked = false;
  const look = async (): Promise<void> => {
    const current = (timer = setTimeout(look, session.state.cutOff ? AGAIN_MS_CUT_OFF : AGAIN_MS));
    if (session.through || !navigator.onLine) return;
    looked = true;
    const began = performance.now();
    const { status, body } = await ask(url('widget/check'));
    const took = performance.now() - began;
    // There is a connection after all, or the visitor has closed the chat.
    if (timer !== current) return;
    const { code, message } = (body ?? {}) as { code?: string; message?: string };
    if (status === 204) {
      session.nudge();
      clearTimeout(timer);
      timer = setTimeout(verdict, 2 * took + GRACE_MS);
    } else if (code === 'forbidden') {
      say(`${message}. To let this page in: seatline site allow ${site} ${location.origin}`);
      session.refuse('forbidden');
    } else if (code === 'not_found') {
      say(`${message}: ${site}`);
      session.refuse('forbidden');
    } else {
      say(`${server} ${status === 0 ? 'cannot be reached' : `answers ${status}, and not as Seatline does`}.`);
    }
  };
  const verdict = (): void => {
    timer = setTimeout(look, AGAIN_MS_CUT_OFF);
    if (session.through) return;
    say(
      `${server} answers over HTTP, but no WebSocket gets through to ${origin}: a proxy that does not pass on Upgrade, a firewall ` +
        'or an extension of the browser is in the way. Visitors are offered a form instead.',
    );
    session.cutOff();
  };
  session.subscribe(({ link, everReady }) => {
    if (link.state === 'lost' || link.state === 'connecting') {
      // Of a page that is not wanted, or has no way through, the first attempt tells already.
      if (link.state === 'lost' && !everReady && !looked) {
        clearTimeout(timer);
        void look();
      } else timer ??= setTimeout(look, PATIENCE_MS);
    } else {
      clearTimeout(timer);
      timer = undefined;
      looked = false;
    }
  });
}

export function warn(what: string): void {
  console.warn(`Seatline: ${what}`);
}
