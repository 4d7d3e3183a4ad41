// Messages where no socket gets through: each goes to the server as a form does, with the way to be reached if that is news.

import type { Answer } from './http';
import type { Outbox } from './outbox';
import type { Environment, GuestEvent, GuestId, PageView } from './protocol';
import type { Store } from './store';
import type { Turn } from './turn';

/** Before what could not be sent is tried again. */
const AGAIN_MS = 10_000;

export interface PostParts {
  store: Store;
  outbox: Outbox;
  turn: Pick<Turn, 'take' | 'end'>;
  ask: (path: 'message', body: object) => Promise<Answer>;
  page: () => PageView;
  environment: () => Environment;
  /** What a socket would have said. */
  onEvent: (event: GuestEvent) => void;
  /** The server does not want this page. */
  onRefused: () => void;
  /** There may be more to send. */
  onDone: () => void;
}

/** How the server answers. */
interface Taken {
  token: string;
  guest: GuestId;
  events: GuestEvent[];
}

export class Post {
  #busy = false;
  readonly #parts: PostParts;

  constructor(parts: PostParts) {
    this.#parts = parts;
  }

  /** Sends what is due, one after the other. */
  flush(): void {
    const { store, outbox, turn } = this.#parts;
    const { token, contact } = store.read();
    if (this.#busy || (!outbox.busy && contact?.told !== false)) return;
    this.#busy = true;
    if (token === null) turn.take(() => void this.#next());
    else void this.#next();
  }

  async #next(): Promise<void> {
    // What the visitor sends together is taken together.
    await null;
    const went = await this.#one();
    this.#busy = false;
    this.#parts.turn.end();
    setTimeout(() => this.#parts.onDone(), went ? 0 : AGAIN_MS);
  }

  async #one(): Promise<boolean> {
    const { store, outbox, ask, page, environment } = this.#parts;
    const { token, contact } = store.read();
    const { first } = outbox;
    const news = contact?.told === false ? { name: contact.name, contact: contact.contact } : null;
    const message = first && { id: first.id, text: first.text };
    const what = { token, ...message, ...news, page: page(), environment: environment() };
    const { status, body } = await ask('message', what);
    // 404: there is no such site any more.
    if (status === 403 || status === 404) this.#parts.onRefused();
    if (status !== 200 || !body) return false;
    const taken = body as Taken;
    // Unless a socket has got through meanwhile, and this browser is another guest.
    if (store.read().token === token) store.change({ token: taken.token, guest: taken.guest });
    // Who comes for the first time is only told who they are, so that what is sent once more is known as such.
    if (token === null) return true;
    if (contact && news && contact === store.read().contact) store.change({ contact: { ...contact, told: true } });
    for (const event of taken.events) this.#parts.onEvent(event);
    return true;
  }
}
