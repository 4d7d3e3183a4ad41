// Builders for what the server says, so that a test names only what it is about.

import type { Body, GuestConversation, GuestEvent, Message, GuestPlace } from '../src/protocol';

export type MessageEvent = Extract<GuestEvent, { type: 'message' }>;

export const TALK = '0198c0de-0000-7000-8000-000000000001';
export const OTHER_TALK = '0198c0de-0000-7000-8000-000000000002';
export type Waiting = Extract<GuestPlace, { state: 'waiting' }>;

export function waiting(change: Partial<Waiting> = {}): Waiting {
  return { state: 'waiting', reason: 'arrived', ahead: 2, estimate_s: null, staffed: true, agents_here: true, ...change };
}

export const WAITING = waiting();
export const SEATED: GuestPlace = { state: 'seated', agent: 'Mei', agent_here: true };
export const CLOSED: GuestPlace = { state: 'closed', by: 'agent' };

export function conversation(change: Partial<GuestConversation> = {}): GuestConversation {
  return {
    id: TALK,
    place: SEATED,
    last_seq: 0,
    guest_read: 0,
    agent_read: 0,
    agent_delivered: 0,
    contact_left: false,
    ...change,
  };
}

export function welcome(of: GuestConversation | null = null, onDuty = true, after = 0): GuestEvent {
  return {
    type: 'welcome',
    protocol: 1,
    guest: '0198c0de-0000-7000-8000-00000000000a',
    token: 'token',
    heartbeat_ms: 25_000,
    conversation: of,
    after,
    on_duty: onDuty,
  };
}

function message(seq: number, from: Message['from'], body: Body, id: string | null): MessageEvent {
  return { type: 'message', conversation: TALK, seq, id, from, body, at: 1_700_000_000_000 + seq * 1_000 };
}

export function fromAgent(seq: number, text = `agent ${seq}`): MessageEvent {
  return message(seq, { role: 'agent', id: 1, name: 'Mei' }, { kind: 'text', text }, `agent-${seq}`);
}

export function fromGuest(seq: number, id: string, text = `guest ${seq}`): MessageEvent {
  return message(seq, { role: 'guest' }, { kind: 'text', text }, id);
}

export function ack(id: string, seq: number, of = TALK): GuestEvent {
  return { type: 'ack', id, conversation: of, seq, at: 1_700_000_000_000 + seq * 1_000 };
}
