// The guest's side of a conversation: takes what the visitor does and what the server says, keeps the state, and
// decides when there is a connection. Knows no DOM; what it needs of the page is handed in.

import type { Environment, GuestEvent, GuestFrame, GuestHello, PageView } from './protocol';
import { CONTACT_CHARS_MAX, GUEST_NAME_CHARS_MAX, PROTOCOL } from './protocol';
import { Gap } from './gap';
import { Marks } from './marks';
import { Outbox } from './outbox';
import { Socket, type Link } from './socket';
import { INITIAL, isBehind, isOpen, reduce, unread, type State, type StateEvent } from './state';
import type { Store } from './store';
import { Typing } from './typing';
import { firstCharacters } from './words';

export interface SessionParts {
  socketUrl: string;
  store: Store;
  page: () => PageView;
  environment: () => Environment;
  /** The page is in sight. */
  visible: () => boolean;
  now: () => number;
  random: () => number;
}

/** So long the visitor waits for a page of earlier messages before they are told that it did not come. */
const EARLIER_MS_MAX = 10_000;

export class Session {
  state: State = INITIAL;
  readonly #socket: Socket;
  readonly #outbox: Outbox;
  readonly #marks: Marks;
  readonly #gap: Gap;
  readonly #preview: Typing;
  readonly #listeners: ((state: State) => void)[] = [];
  /** The visitor asked for a conversation: any will do, or a new one although the last is over or missed. */
  #startWanted: 'any' | 'new' | null = null;
  #contactUnderWay = false;
  #earlierTimer: ReturnType<typeof setTimeout> | undefined;
  /** The page is out of use, perhaps to come back. */
  #asleep = false;
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const send = (frame: GuestFrame): boolean => this.#socket.send(frame);
    this.#socket = new Socket({
      url: parts.socketUrl,
      hello: () => this.#hello(),
      onEvent: (event) => this.#received(event),
      onLink: (link) => this.#linked(link),
      random: parts.random,
    });
    this.#outbox = new Outbox(parts.store);
    this.#marks = new Marks(
      () => this.state,
      () => this.state.panelOpen && parts.visible(),
      send,
      (seq) => this.#apply({ type: 'read', seq }),
    );
    this.#gap = new Gap(() => this.#socket.reconnect());
    this.#preview = new Typing((text) => {
      if (isOpen(this.state)) send({ type: 'typing', text });
    });
  }

  subscribe(listener: (state: State) => void): void {
    this.#listeners.push(listener);
  }

  /** What the pages before left: an open conversation, messages not sent. */
  resume(mayOpenPanel: boolean): void {
    const saved = this.#parts.store.read();
    if (mayOpenPanel && saved.panelOpen && saved.conversation?.open) this.#apply({ type: 'panel', open: true });
    this.#unsentChanged();
  }

  openPanel(): void {
    this.#startWanted ??= 'any';
    this.#parts.store.change({ panelOpen: true });
    this.#apply({ type: 'panel', open: true });
    this.#start();
  }

  closePanel(): void {
    this.#startWanted = null;
    this.#preview.stop();
    this.#marks.flush();
    this.#parts.store.change({ panelOpen: false });
    this.#apply({ type: 'panel', open: false });
  }

  /** A new conversation, or a place in line after all for a missed one. */
  startNew(): void {
    this.#startWanted = 'new';
    this.#start();
  }

  leave(): void {
    this.#preview.stop();
    this.#socket.send({ type: 'leave' });
  }

  /** False if the outbox is full. */
  say(text: string): boolean {
    this.#preview.stop();
    const taken = this.#outbox.add(text, this.#parts.now());
    this.#unsentChanged();
    return taken;
  }

  /** Asks for the page of messages before those that are here. */
  earlier(): void {
    const { talk, after, earlier } = this.state;
    if (talk === null || after === 0 || earlier === 'asked') return;
    const asked = this.#socket.send({ type: 'earlier', conversation: talk, before: after + 1 });
    this.#apply({ type: 'earlier', earlier: asked ? 'asked' : 'failed' });
    clearTimeout(this.#earlierTimer);
    this.#earlierTimer = setTimeout(() => {
      if (this.state.earlier === 'asked') this.#apply({ type: 'earlier', earlier: 'failed' });
    }, EARLIER_MS_MAX);
  }

  retry(id: string): void {
    this.#outbox.retry(id);
    this.#unsentChanged();
  }

  discard(id: string): void {
    this.#outbox.remove(id);
    this.#unsentChanged();
  }

  leaveContact(name: string, contact: string): void {
    this.#parts.store.change({
      contact: {
        name: firstCharacters(name.trim(), GUEST_NAME_CHARS_MAX),
        contact: firstCharacters(contact.trim(), CONTACT_CHARS_MAX),
        told: false,
      },
    });
    this.#contactUnderWay = false;
    this.#unsentChanged();
  }

  typing(text: string): void {
    this.#preview.changed(text);
  }

  /** What stood in the box when the page before was left. */
  get draft(): string {
    return this.#parts.store.read().draft;
  }

  pageChanged(): void {
    this.#socket.send({ type: 'page', ...this.#parts.page() });
  }

  /** The page goes away, perhaps into the browser's memory, which takes no page with an open socket. */
  sleep(draft: string): void {
    this.#asleep = true;
    this.#preview.stop();
    if (draft !== this.draft) this.#parts.store.change({ draft });
    this.#connectIfWanted();
  }

  /** The visitor looks at the page again, or the network is back. */
  wake(): void {
    this.#asleep = false;
    this.#connectIfWanted();
    this.#marks.changed();
    if (this.#wanted()) this.#socket.nudge();
  }

  /** Another tab has written to the store: it may have begun a conversation. */
  storeChanged(): void {
    this.#connectIfWanted();
  }

  /** The visitor will not wait, or the close said not to try again. */
  reconnect(): void {
    if (this.state.link.state === 'lost') this.#socket.reconnect();
    else this.#socket.connect();
  }

  /** There cannot be a connection: the server does not want this page, or its policy forbids it. */
  refuse(why: 'forbidden' | 'blocked'): void {
    this.#socket.end(why);
  }

  #hello(): GuestHello {
    const { token } = this.#parts.store.read();
    const { talk, have } = this.state;
    // A page that has nothing yet is sent the end of the latest conversation.
    const resume = talk && have > 0 ? { conversation: talk, last_seq: have } : null;
    return {
      protocol: PROTOCOL,
      ...(token === null ? {} : { token }),
      ...(resume ? { resume } : {}),
      page: this.#parts.page(),
      environment: this.#parts.environment(),
    };
  }

  #linked(link: Link): void {
    if (link.state !== 'ready') {
      this.#outbox.connectionLost();
      this.#contactUnderWay = false;
      this.#marks.reset();
    }
    // A token the server does not want is no use to the next attempt either.
    if (link.state === 'ended' && link.why === 'unauthorized') this.#parts.store.change({ token: null });
    this.#apply({ type: 'link', link });
  }

  #received(event: GuestEvent): void {
    const before = this.state;
    this.#apply({ type: 'frame', frame: event });
    if (this.state.talk !== before.talk) this.#marks.reset();
    switch (event.type) {
      case 'welcome':
        this.#parts.store.change({ token: event.token, ...(event.conversation ? {} : { conversation: null }) });
        this.#start();
        this.#flush();
        this.#connectIfWanted();
        break;
      case 'conversation':
        this.#startWanted = null;
        if (event.contact_left && this.#contactUnderWay) this.#contactTold();
        this.#unsentChanged();
        break;
      case 'ack':
        this.#outbox.remove(event.id);
        this.#unsentChanged();
        break;
      case 'message':
        // Our own message, sent again by the page before this one, or shown by another tab.
        if (event.id !== null && event.from.role === 'guest') {
          this.#outbox.remove(event.id);
          this.#unsentChanged();
        }
        break;
      case 'rejected':
        if (event.id !== undefined) this.#outbox.reject(event.id, event.code);
        this.#unsentChanged();
        break;
    }
  }

  /** Asks for a conversation if the visitor wants one and there is none of that kind. */
  #start(): void {
    const { link, talk } = this.state;
    if (this.#startWanted === null || link.state !== 'ready') return;
    if (this.#startWanted === 'any' && talk !== null) this.#startWanted = null;
    else this.#socket.send({ type: 'start' });
  }

  #unsentChanged(): void {
    this.#apply({ type: 'unsent', pending: this.#outbox.items(), contact: this.#parts.store.read().contact });
    this.#flush();
  }

  #flush(): void {
    this.#outbox.flush((frame) => this.#socket.send(frame));
    const { contact } = this.#parts.store.read();
    if (!contact || contact.told || this.#contactUnderWay) return;
    this.#contactUnderWay = this.#socket.send({ type: 'contact', name: contact.name, contact: contact.contact });
    // Only an open conversation is confirmed; the server keeps a way to reach the guest in any case.
    if (this.#contactUnderWay && !isOpen(this.state)) this.#contactTold();
  }

  #contactTold(): void {
    const { contact } = this.#parts.store.read();
    if (contact) this.#parts.store.change({ contact: { ...contact, told: true } });
  }

  #apply(event: StateEvent): void {
    const before = this.state;
    this.state = reduce(before, event);
    if (this.state === before) return;
    this.#remember();
    this.#gap.changed(this.state.link.state === 'ready', isBehind(this.state));
    this.#marks.changed();
    this.#connectIfWanted();
    for (const listener of this.#listeners) listener(this.state);
  }

  /** So that the next page knows whether there is anything to connect for. */
  #remember(): void {
    const { conversation, link } = this.state;
    if (link.state !== 'ready' || !conversation) return;
    const open = isOpen(this.state) || unread(this.state) > 0;
    const saved = this.#parts.store.read().conversation;
    if (saved?.id !== conversation.id || saved.open !== open) {
      this.#parts.store.change({ conversation: { id: conversation.id, open } });
    }
  }

  /** Nobody is connected who has no use for it: a visitor who never opens the chat costs the server nothing. */
  #wanted(): boolean {
    if (this.#asleep) return false;
    const { conversation, contact } = this.#parts.store.read();
    return this.state.panelOpen || conversation?.open === true || this.#outbox.busy || contact?.told === false;
  }

  #connectIfWanted(): void {
    const { link } = this.state;
    if (link.state === 'idle' && this.#wanted()) this.#socket.connect();
    else if (link.state !== 'idle' && link.state !== 'ended' && !this.#wanted()) this.#socket.disconnect();
  }
}
