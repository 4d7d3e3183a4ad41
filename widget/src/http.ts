// What is asked of the server over HTTP, where there is no socket or no need of one. No cookie goes along, and as plain text the
// request needs no leave to be asked for first.

import { wellFormed } from './words';

/** Nobody waits longer for an answer. */
const PATIENCE_MS = 15_000;

/** The status, 0 if there was no answer, and what the body says, if that is JSON. */
export interface Answer {
  status: number;
  body: unknown;
}

/** Without a body to send it is a GET. */
export async function ask(url: string, body?: object): Promise<Answer> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const { signal } = patience;
    const post = body && ({ method: 'POST', body: json(body) } as const);
    const response = await fetch(url, { ...post, credentials: 'omit', signal });
    const { status } = response;
    return { status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

/** As JSON that is well-formed Unicode. */
export function json(value: object): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'string' ? wellFormed(part) : part));
}
