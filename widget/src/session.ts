// The guest's side of a conversation: takes what the visitor does and what the server says, keeps the state, and
// decides when there is a connection. Knows no DOM; what it needs of the page is handed in.

import type { ConversationId, Environment, GuestEvent, GuestFrame, GuestHello, GuestId, PageView, Seq } from './protocol';
import { CONTACT_CHARS_MAX, GUEST_NAME_CHARS_MAX, PROTOCOL } from './protocol';
import { Drafts } from './drafts';
import { Gap } from './gap';
import type { Answer } from './http';
import { Marks } from './marks';
import { Outbox } from './outbox';
import { Post } from './post';
import { Socket, type Link } from './socket';
import { INITIAL, hasTexts, isBehind, isOpen, isServed, lastKnown, reduce, unread, type State, type StateEvent } from './state';
import type { SavedConversation, Store } from './store';
import type { Turn } from './turn';
import { Typing } from './typing';
import { firstCharacters } from './words';

export interface SessionParts {
  socketUrl: string;
  store: Store;
  /** Asks the server over HTTP. */
  ask: (path: 'message' | 'news', body: object) => Promise<Answer>;
  /** Lets one tab of the browser after the other be without a token. */
  turn: Pick<Turn, 'take' | 'end'>;
  /** The same for what goes over HTTP, which may wait beside the socket. */
  postTurn: Pick<Turn, 'take' | 'end'>;
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
  readonly #post: Post;
  readonly #marks: Marks;
  readonly #gap: Gap;
  readonly #preview: Typing;
  readonly drafts: Drafts;
  #listeners: ((state: State) => void)[] = [];
  /** The visitor asked for a conversation: any will do, or a new one although the last is over or missed. */
  #startWanted: 'any' | 'new' | null = null;
  #contactUnderWay = false;
  #earlierTimer: ReturnType<typeof setTimeout> | undefined;
  /** Who the last hello said we are. */
  #said: GuestId | null = null;
  /** The page that the server was told of last. */
  #pageTold = '';
  /** The visitor has had the chat open on this page, or somebody was with them, or there is an answer: a missed conversation is
   * listened to from then on, and not before. */
  #listening = false;
  /** The page is out of use, perhaps to come back. */
  #asleep = false;
  readonly #parts: SessionParts;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const send = (frame: GuestFrame): boolean => this.#socket.send(frame);
    this.#socket = new Socket({
      url: parts.socketUrl,
      admit: (go) => this.#admit(go),
      hello: () => this.#hello(),
      onEvent: (event) => this.#received(event),
      onLink: (link) => this.#linked(link),
      random: parts.random,
    });
    this.#outbox = new Outbox(parts.store);
    this.#post = new Post({
      ...parts,
      turn: parts.postTurn,
      outbox: this.#outbox,
      onEvent: (event) => this.#received(event),
      onRefused: () => this.refuse('forbidden'),
      onDone: () => this.#unsentChanged(),
    });
    this.#marks = new Marks(
      () => this.state,
      () => this.state.panelOpen && parts.visible(),
      send,
      (seq) => this.#apply({ type: 'read', seq }),
    );
    this.#gap = new Gap(() => this.#socket.reconnect());
    this.#preview = new Typing((text) => {
      if (isServed(this.state)) send({ type: 'typing', text });
    });
    this.drafts = new Drafts(parts.store, () => this.#current());
  }

  subscribe(listener: (state: State) => void): void {
    this.#listeners.push(listener);
  }

  /** Nobody is told any more: what was on the page is gone. */
  unsubscribe(): void {
    this.#listeners = [];
  }

  /** What the pages before left: an open conversation, messages not sent. */
  resume(mayOpenPanel: boolean): void {
    const { panelOpen, conversation } = this.#parts.store.read();
    if (mayOpenPanel && panelOpen && conversation?.open) this.#apply({ type: 'panel', open: true });
    this.#apply({ type: 'unreadBefore', count: conversation?.unread ?? 0 });
    this.#unsentChanged();
    if (conversation?.missed !== undefined) void this.#lookForAnswer(conversation.id, conversation.missed);
  }

  openPanel(): void {
    this.#startWanted ??= 'any';
    this.#listening = true;
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
    if (taken) this.drafts.sent('text');
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
    this.drafts.sent('contact', 'name');
    this.#unsentChanged();
  }

  typing(text: string): void {
    this.#preview.changed(text);
  }

  pageChanged(): void {
    if (isServed(this.state)) this.#tellPage();
  }

  /** The page may be gone any moment. */
  keep(): void {
    this.drafts.flush();
    this.#parts.store.flush();
  }

  /** The page goes away, perhaps into the browser's memory, which takes no page with an open socket. */
  sleep(): void {
    this.#asleep = true;
    this.#preview.stop();
    this.keep();
    this.#connectIfWanted();
  }

  /** The visitor looks at the page again, or the network is back. */
  wake(): void {
    // A page that comes back from the browser's memory is older than what has been written meanwhile.
    if (this.#asleep && this.drafts.stale) this.drafts.shownBy();
    else this.drafts.storeChanged();
    this.#asleep = false;
    this.#connectIfWanted();
    this.#marks.changed();
    if (this.#wanted()) this.#socket.nudge();
  }

  /** Another tab has written to the store: it may have begun a conversation. */
  storeChanged(): void {
    this.drafts.storeChanged();
    this.#connectIfWanted();
  }

  /** The visitor will not wait, or the close said not to try again. */
  reconnect(): void {
    if (this.state.link.state === 'lost') this.#socket.reconnect();
    else this.#socket.connect();
  }

  /** Does not wait for the next attempt. */
  nudge(): void {
    if (this.state.link.state === 'lost') this.#socket.nudge();
  }

  /** Whether anything is heard of the server on the socket that is tried. */
  get through(): boolean {
    return this.#socket.through;
  }

  /** No socket gets through, but HTTP does. */
  cutOff(): void {
    this.#apply({ type: 'cutOff' });
    this.#flush();
  }

  /** There cannot be a connection: the server does not want this page, or its policy forbids it. */
  refuse(why: 'forbidden' | 'blocked'): void {
    this.#socket.end(why);
  }

  #hello(): GuestHello {
    const { token, guest } = this.#parts.store.read();
    const { talk, have } = this.state;
    this.#said = guest;
    const page = this.#parts.page();
    this.#pageTold = page.url;
    // A page that has nothing yet is sent the end of the latest conversation.
    const resume = talk && have > 0 ? { conversation: talk, last_seq: have } : null;
    return {
      protocol: PROTOCOL,
      ...(token === null ? {} : { token }),
      ...(resume ? { resume } : {}),
      page,
      environment: this.#parts.environment(),
    };
  }

  #linked(link: Link): void {
    if (link.state !== 'ready') {
      if (link.state !== 'connecting') this.#parts.turn.end();
      this.#outbox.connectionLost();
      this.#contactUnderWay = false;
      this.#marks.reset();
    }
    // A token the server does not want is no use to the next attempt either.
    if (link.state === 'ended' && link.why === 'unauthorized') this.#parts.store.change({ token: null });
    this.#apply({ type: 'link', link });
  }

  #received(event: GuestEvent): void {
    if (event.type === 'welcome' && !this.#isUs(event.guest, event.token)) return this.#socket.reconnect();
    const before = this.state;
    this.#apply({ type: 'frame', frame: event });
    if (this.state.talk !== before.talk) {
      this.#marks.reset();
      if (before.talk !== null && this.state.talk !== null) this.drafts.moved();
    }
    switch (event.type) {
      case 'welcome':
        if (!event.conversation) this.#parts.store.change({ conversation: null });
        this.#start();
        this.#flush();
        this.#connectIfWanted();
        break;
      case 'conversation':
        this.#startWanted = null;
        if (isServed(this.state)) this.#tellPage();
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

  /** Whether a welcome is for this browser's guest, whose token it brings; not if another tab has become one meanwhile. */
  #isUs(guest: GuestId, token: string): boolean {
    const known = this.#parts.store.read().guest;
    const isUs = known === guest || known === this.#said;
    if (isUs) this.#parts.store.change({ guest, token });
    this.#parts.turn.end();
    return isUs;
  }

  /** Without a token one tab goes after the other. Where no socket gets through, none is held up by those that try. */
  #admit(go: () => void): void {
    if (this.#parts.store.read().token === null && !this.state.cutOff) this.#parts.turn.take(go);
    else go();
  }

  /** A missed conversation may have been answered since the page before; to be told so takes no socket, and tells nothing. */
  async #lookForAnswer(conversation: ConversationId, last_seq: Seq): Promise<void> {
    const { token } = this.#parts.store.read();
    const { status, body } = await this.#parts.ask('news', { token, conversation, last_seq });
    if (status !== 200 || (body as { news?: boolean } | null)?.news !== true) return;
    this.#listening = true;
    this.#connectIfWanted();
  }

  /** The conversation that what is typed now belongs to. A missed one in which nothing was said may be gone any moment. */
  #current(): ConversationId | null {
    const { conversation, talk } = this.state;
    if (conversation) return isServed(this.state) || (isOpen(this.state) && hasTexts(this.state)) ? conversation.id : null;
    const saved = this.#parts.store.read().conversation;
    return talk ?? (saved && (saved.open || saved.missed !== undefined) ? saved.id : null);
  }

  /** Where the visitor is, if the server does not know. */
  #tellPage(): void {
    const page = this.#parts.page();
    if (page.url !== this.#pageTold && this.#socket.send({ type: 'page', ...page })) this.#pageTold = page.url;
  }

  /** Asks for a conversation if the visitor wants one and there is none of that kind. */
  #start(): void {
    const { link, talk } = this.state;
    if (this.#startWanted === null || link.state !== 'ready') return;
    if (this.#startWanted === 'any' && talk !== null) this.#startWanted = null;
    else {
      this.#tellPage();
      this.#socket.send({ type: 'start' });
    }
  }

  #unsentChanged(): void {
    this.#apply({ type: 'unsent', pending: this.#outbox.items(), contact: this.#parts.store.read().contact });
    this.#flush();
  }

  #flush(): void {
    const { cutOff, link } = this.state;
    if (cutOff) return link.state === 'ended' && link.why === 'forbidden' ? undefined : this.#post.flush();
    if (this.#outbox.busy) this.#tellPage();
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
    const { conversation, cutOff, link } = this.state;
    if ((link.state !== 'ready' && !cutOff) || !conversation) return;
    const open = isServed(this.state);
    this.#listening ||= open;
    const missed = conversation.place.state === 'missed' ? { missed: lastKnown(this.state) } : {};
    const now: SavedConversation = { id: conversation.id, open, ...missed, unread: unread(this.state) };
    const saved = this.#parts.store.read().conversation;
    if (JSON.stringify(saved) !== JSON.stringify(now)) this.#parts.store.change({ conversation: now });
  }

  /** Nobody is connected who has no use for it: a visitor who never opens the chat costs the server nothing, and neither does one
   * whose conversation is over, or missed and looked at on an earlier page. */
  #wanted(): boolean {
    if (this.#asleep) return false;
    const { conversation, contact } = this.#parts.store.read();
    const awaited = conversation?.open || (conversation?.missed !== undefined && this.#listening);
    return this.state.panelOpen || awaited === true || this.#outbox.busy || contact?.told === false;
  }

  #connectIfWanted(): void {
    const { link } = this.state;
    if (link.state === 'idle' && this.#wanted()) this.#socket.connect();
    else if (link.state !== 'idle' && link.state !== 'ended' && !this.#wanted()) {
      this.#marks.flush();
      this.#socket.disconnect();
    }
  }
}
