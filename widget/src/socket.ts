// One connection at a time to the guest endpoint, kept alive and made anew. Knows frames only as far as `hello`,
// `welcome`, `ping` and the close codes; what frames mean is the session's business.

import { CLOSE_CODES, HELLO_MS_MAX, type CloseName, type GuestEvent, type GuestFrame, type GuestHello } from './protocol';
import { wellFormed } from './words';

export type Link =
  | { state: 'idle' | 'connecting' | 'ready' | 'lost' }
  /** Closed for good, until the visitor asks again. */
  | { state: 'ended'; why: CloseName };

export const BACKOFF_MS_FIRST = 500;
export const BACKOFF_MS_MAX = 30_000;

/** An answer to a ping takes no longer, or the peer is gone. */
export const PONG_MS_MAX = 15_000;

export interface SocketParts {
  url: string;
  hello: () => GuestHello;
  onEvent: (event: GuestEvent) => void;
  onLink: (link: Link) => void;
  /** Uniform in [0, 1). */
  random: () => number;
}

type Timer = ReturnType<typeof setTimeout>;

export class Socket {
  private ws: WebSocket | null = null;
  private ready = false;
  private attempts = 0;
  private heartbeatMs = 0;
  private retryTimer: Timer | undefined;
  private pingTimer: Timer | undefined;
  /** Runs out when the peer owes a sign of life. */
  private deadline: Timer | undefined;

  constructor(private readonly parts: SocketParts) {}

  /** Connects unless that is under way already. */
  connect(): void {
    if (this.ws || this.retryTimer !== undefined) return;
    this.parts.onLink({ state: 'connecting' });
    this.open();
  }

  disconnect(): void {
    this.drop();
    this.attempts = 0;
    this.parts.onLink({ state: 'idle' });
  }

  /** Connects anew now, as after a gap in what was received. */
  reconnect(): void {
    this.drop();
    this.parts.onLink({ state: 'lost' });
    this.open();
  }

  /** The page came back into sight or the network did: do not wait out the timers. */
  nudge(): void {
    if (this.retryTimer !== undefined) this.reconnect();
    else if (this.ready) this.ping();
  }

  /** False if there is no connection that has said `welcome`. */
  send(frame: GuestFrame): boolean {
    if (!this.ready) return false;
    this.write(frame);
    return true;
  }

  private open(): void {
    this.expect(HELLO_MS_MAX);
    let ws: WebSocket;
    try {
      ws = new WebSocket(this.parts.url);
    } catch {
      // The page's policy forbids it. The same as a server that does not answer.
      this.closed(0);
      return;
    }
    this.ws = ws;
    ws.onopen = () => this.write({ type: 'hello', ...this.parts.hello() });
    ws.onmessage = (message) => this.received(message.data);
    ws.onclose = (close) => this.closed(close.code);
  }

  private received(data: unknown): void {
    const event = parse(data);
    if (!event) return;
    if (this.ready) clearTimeout(this.deadline);
    if (event.type === 'welcome') {
      clearTimeout(this.deadline);
      this.ready = true;
      this.attempts = 0;
      this.heartbeatMs = event.heartbeat_ms;
      this.beat();
      this.parts.onLink({ state: 'ready' });
    }
    if (event.type !== 'pong') this.parts.onEvent(event);
  }

  private closed(code: number): void {
    this.drop();
    const known = CLOSE_CODES[code];
    if (known && !known.retry) {
      this.parts.onLink({ state: 'ended', why: known.name });
      return;
    }
    this.parts.onLink({ state: 'lost' });
    // Full jitter: a restarted server is not met by everybody at once.
    const ceiling = Math.min(BACKOFF_MS_MAX, BACKOFF_MS_FIRST * 2 ** this.attempts++);
    this.retryTimer = setTimeout(() => {
      this.retryTimer = undefined;
      this.open();
    }, this.parts.random() * ceiling);
  }

  private beat(): void {
    clearTimeout(this.pingTimer);
    this.pingTimer = setTimeout(() => {
      this.ping();
      this.beat();
    }, this.heartbeatMs);
  }

  private ping(): void {
    this.write({ type: 'ping' });
    this.expect(PONG_MS_MAX);
  }

  /** Gives the peer `ms` for a sign of life. A dead peer's close would never come, so its absence is one. */
  private expect(ms: number): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.closed(0), ms);
  }

  private write(frame: GuestFrame): void {
    this.ws?.send(JSON.stringify(frame, (_, value) => (typeof value === 'string' ? wellFormed(value) : value)));
  }

  private drop(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.pingTimer);
    clearTimeout(this.deadline);
    this.retryTimer = undefined;
    this.ready = false;
    const ws = this.ws;
    this.ws = null;
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
