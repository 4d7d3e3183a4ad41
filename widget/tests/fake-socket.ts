// A WebSocket that the test plays the server of, and a localStorage that is only a map.

import { vi } from 'vitest';
import type { GuestEvent, GuestFrame } from '../src/protocol';

export class FakeWebSocket {
  static all: FakeWebSocket[] = [];

  /** The connection made last. */
  static get last(): FakeWebSocket {
    const last = FakeWebSocket.all[FakeWebSocket.all.length - 1];
    if (!last) throw new Error('nobody has connected');
    return last;
  }

  readonly sent: GuestFrame[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;

  constructor(readonly url: string) {
    FakeWebSocket.all.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as GuestFrame);
  }

  close(): void {
    this.closed = true;
  }

  /** The upgrade succeeds. */
  open(): void {
    this.onopen?.();
  }

  says(event: GuestEvent): void {
    this.onmessage?.({ data: JSON.stringify(event) });
  }

  ends(code: number): void {
    this.onclose?.({ code });
  }

  sentOf<T extends GuestFrame['type']>(type: T): Extract<GuestFrame, { type: T }>[] {
    return this.sent.filter((frame) => frame.type === type) as Extract<GuestFrame, { type: T }>[];
  }
}

export function useFakeSocket(): void {
  FakeWebSocket.all = [];
  vi.stubGlobal('WebSocket', FakeWebSocket);
}

export function fakeStorage(): Storage {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  } as unknown as Storage;
}
