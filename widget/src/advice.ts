// Why there is no connection, if it is the page's own doing: what a socket keeps from scripts is found out elsewhere,
// the visitor is told in a sentence, and the page's developer in the console, with what to do.

import type { Config } from './config';
import type { Session } from './session';

export function advise(session: Session, { site, socketUrl, checkUrl }: Config): void {
  const { origin, protocol } = new URL(socketUrl);
  document.addEventListener('securitypolicyviolation', ({ blockedURI, disposition, effectiveDirective }) => {
    // Some browsers name the address, some only its scheme.
    const ours = blockedURI.startsWith(origin) || `${blockedURI}:` === protocol;
    if (disposition !== 'enforce' || effectiveDirective !== 'connect-src' || !ours || session.state.everReady) return;
    warn(`the page's Content-Security-Policy lacks connect-src ${origin}`);
    session.refuse('blocked');
  });

  let asked = false;
  session.subscribe(({ link, everReady }) => {
    if (link.state !== 'lost' || everReady || asked) return;
    asked = true;
    ask(checkUrl).then((refusal) => {
      const said = refusal ?? `${origin} cannot be reached.`;
      warn(`${said} To let this page in: seatline site allow ${site} ${location.origin}`);
      if (refusal !== null) session.refuse('forbidden');
    });
  });
}

/** Why the server does not want this page, in its own words; `null` if that is not it. */
async function ask(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { credentials: 'omit' });
    return answer.status === 403 || answer.status === 404 ? await answer.text() : null;
  } catch {
    return null;
  }
}

function warn(what: string): void {
  console.warn(`Seatline: ${what}`);
}
