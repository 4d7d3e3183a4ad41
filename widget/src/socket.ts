// One connection at a time to the guest endpoint, kept alive and made anew. Knows frames only as far as `hello`,
// `welcome`, `ping` and the close codes; what frames mean is the session's business.

import { heard } from './clock';
import { json } from './http';
import { CLOSE_CODES, HELLO_MS_MAX, type CloseName, type GuestEvent, type GuestFrame, type GuestHello } from './protocol';

export type Link =
  | { state: 'idle' | 'connecting' | 'ready' }
  /** Being made anew; `tries` have failed since there was one. */
  | { state: 'lost'; tries: number; why: CloseName | null }
  /** Closed for good, until the visitor asks again; `blocked` is not the server's doing but the page's. */
  | { state: 'ended'; why: CloseName | 'blocked' };

export const BACKOFF_MS_FIRST = 500;

/** A server that restarts is back within a minute, and somebody looks at the screen: no wait is longer than this … */
export const BACKOFF_MS_SOON = 5_000;
/** … for this many tries, which with full jitter fill about that minute. */
export const TRIES_SOON = 20;
export const BACKOFF_MS_MAX = 30_000;

/** So long the server wants to see nobody of an address that has sent too many new guests. */
export const CROWD_MS = 60_000;

/** An answer to a ping takes no longer, or the peer is gone. */
export const PONG_MS_MAX = 15_000;

export interface SocketParts {
  url: string;
  /** Calls `go` when it is time to connect: at once, or after another tab. */
  admit: (go: () => void) => void;
  hello: () => GuestHello;
  onEvent: (event: GuestEvent) => void;
  onLink: (link: Link) => void;
  /** Uniform in [0, 1). */
  random: () => number;
}

type Timer = ReturnType<typeof setTimeout>;

export class Socket {
  #ws: WebSocket | null = null;
  #ready = false;
  /** Counts what is dialled, so that a dropped attempt is not admitted later. */
  #attempt = 0;
  #dialling = false;
  #through = true;
  /** The last one opened, and then nothing was heard: that the next one opens, too, says nothing. */
  #mute = false;
  #tries = 0;
  #heartbeatMs = 0;
  #retryTimer: Timer | undefined;
  #pingTimer: Timer | undefined;
  /** Runs out when the peer owes a sign of life. */
  #deadline: Timer | undefined;
  readonly #parts: SocketParts;

  constructor(parts: SocketParts) {
    this.#parts = parts;
  }

  /** False while nothing is heard on the connection that is tried, or was tried last. */
  get through(): boolean {
    return this.#through;
  }

  /** Connects unless that is under way already. */
  connect(): void {
    if (this.#dialling || this.#ws || this.#retryTimer !== undefined) return;
    this.#parts.onLink({ state: 'connecting' });
    this.#open();
  }

  disconnect(): void {
    this.#drop();
    this.#tries = 0;
    this.#parts.onLink({ state: 'idle' });
  }

  /** Connects anew now, as after a gap in what was received. */
  reconnect(): void {
    this.#drop();
    this.#parts.onLink({ state: 'lost', tries: this.#tries, why: null });
    this.#open();
  }

  /** Trying again would not help, as was found out by other means. */
  end(why: 'forbidden' | 'blocked'): void {
    this.#drop();
    this.#parts.onLink({ state: 'ended', why });
  }

  /** The page came back into sight or the network did: do not wait out the timers. */
  nudge(): void {
    if (this.#retryTimer !== undefined) this.reconnect();
    else if (this.#ready) this.#ping();
  }

  /** False if there is no connection that has said `welcome`. */
  send(frame: GuestFrame): boolean {
    if (!this.#ready) return false;
    this.#write(frame);
    return true;
  }

  #open(): void {
    const attempt = ++this.#attempt;
    this.#dialling = true;
    this.#parts.admit(() => {
      if (attempt === this.#attempt) this.#dial();
    });
  }

  #dial(): void {
    this.#dialling = this.#through = false;
    this.#expect(HELLO_MS_MAX);
    let ws: WebSocket;
    try {
      ws = new WebSocket(this.#parts.url);
    } catch {
      // The page's policy forbids it. The same as a server that does not answer, until the page says otherwise.
      this.#closed(0);
      return;
    }
    this.#ws = ws;
    ws.onopen = () => {
      this.#through = !this.#mute;
      this.#write({ type: 'hello', ...this.#parts.hello() });
    };
    ws.onmessage = (message) => this.#received(message.data);
    ws.onclose = (close) => this.#closed(close.code);
  }

  #received(data: unknown): void {
    const event = parse(data);
    if (!event) return;
    if ((event.type === 'welcome' || event.type === 'pong') && typeof event.now === 'number') heard(event.now);
    if (this.#ready) clearTimeout(this.#deadline);
    if (event.type === 'welcome') {
      clearTimeout(this.#deadline);
      this.#ready = this.#through = true;
      this.#tries = 0;
      this.#heartbeatMs = event.heartbeat_ms;
      this.#beat();
      this.#parts.onLink({ state: 'ready' });
    }
    if (event.type !== 'pong') this.#parts.onEvent(event);
  }

  #closed(code: number): void {
    const known = CLOSE_CODES[code];
    const heard = this.#ready || known !== undefined;
    this.#mute = !heard && (this.#mute || this.#through);
    this.#through = heard;
    this.#drop();
    if (known && !known.retry) {
      this.#parts.onLink({ state: 'ended', why: known.name });
      return;
    }
    const wait = this.#waitMs(known?.name);
    this.#parts.onLink({ state: 'lost', tries: ++this.#tries, why: known?.name ?? null });
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      this.#open();
    }, wait);
  }

  /** Full jitter: a restarted server is not met by everybody at once. */
  #waitMs(why: CloseName | undefined): number {
    const random = this.#parts.random();
    if (why === 'too_many_guests') return CROWD_MS * (1 + random);
    const max = this.#tries < TRIES_SOON ? BACKOFF_MS_SOON : BACKOFF_MS_MAX;
    return random * Math.min(max, BACKOFF_MS_FIRST * 2 ** this.#tries);
  }

  #beat(): void {
    clearTimeout(this.#pingTimer);
    this.#pingTimer = setTimeout(() => {
      this.#ping();
      this.#beat();
    }, this.#heartbeatMs);
  }

  #ping(): void {
    this.#write({ type: 'ping' });
    this.#expect(PONG_MS_MAX);
  }

  /** Gives the peer `ms` for a sign of life. A dead peer's close would never come, so its absence is one. */
  #expect(ms: number): void {
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => this.#closed(0), ms);
  }

  #write(frame: GuestFrame): void {
    this.#ws?.send(json(frame));
  }

  #drop(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#pingTimer);
    clearTimeout(this.#deadline);
    this.#retryTimer = undefined;
    this.#ready = this.#dialling = false;
    this.#attempt++;
    const ws = this.#ws;
    this.#ws = null;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }
}

/** The server is trusted to speak the protocol; a later one may say more, which is passed over. */
function parse(data: unknown): GuestEvent | null {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data) as GuestEvent;
  } catch {
    return null;
  }
}
