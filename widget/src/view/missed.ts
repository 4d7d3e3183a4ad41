// Nobody could take the conversation: says so in a sentence, when somebody is back, and asks for a message and a way
// to reach the visitor, the message first. Once that is left, it says so, and the talk goes on below.

import { serverTime } from '../clock';
import { CONTACT_CHARS_MAX, GUEST_NAME_CHARS_MAX, TEXT_CHARS_MAX, type GuestConversation, type GuestPlace } from '../protocol';
import { isByForm, type State } from '../state';
import type { Texts } from '../texts';
import { characters } from '../words';
import { button, h, setText, show } from './dom';
import { listen } from './events';
import { Field } from './field';
import { icon } from './icons';
import { isolated } from './names';
import type { Times } from './times';

type MissedPlace = Extract<GuestPlace, { state: 'missed' }>;

export interface MissedActions {
  say: (text: string) => boolean;
  /** What stands in the form has changed. */
  drafted: () => void;
  leaveContact: (name: string, contact: string) => void;
  chatNow: () => void;
}

export class Missed {
  readonly element: HTMLElement;
  readonly #done = h('span', { class: 'done', 'aria-hidden': 'true' }, icon('sent'));
  readonly #title = h('p', { class: 'headline' });
  readonly #detail = h('p', { class: 'quiet' });
  readonly #change: HTMLButtonElement;
  readonly #chatNow: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #message: Field<HTMLTextAreaElement>;
  readonly #contact: Field<HTMLInputElement>;
  readonly #name: Field<HTMLInputElement>;
  readonly #submit = h('button', { class: 'primary' });
  /** The way to be reached is being corrected. */
  #changing = false;
  #state: State | null = null;
  readonly #texts: Texts;
  readonly #times: Times;
  readonly #actions: MissedActions;

  constructor(texts: Texts, times: Times, actions: MissedActions) {
    this.#texts = texts;
    this.#times = times;
    this.#actions = actions;
    const input = (autocomplete: string, max: number): HTMLInputElement =>
      h('input', { type: 'text', dir: 'auto', autocomplete, maxlength: String(max) });
    this.#message = new Field('m', texts.formMessage, h('textarea', { rows: '4', dir: 'auto' }));
    this.#contact = new Field('c', texts.formContact, input('email', CONTACT_CHARS_MAX), texts.formContactHint);
    this.#name = new Field('n', texts.formName, input('name', GUEST_NAME_CHARS_MAX));
    this.#form = h(
      'form',
      { novalidate: '' },
      this.#message.element,
      this.#contact.element,
      this.#name.element,
      this.#submit,
    );
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#leave();
    });
    listen(this.#form, 'input', actions.drafted);
    this.#change = button({ class: 'text' }, () => this.#correct(), texts.change);
    const now = button({ class: 'primary' }, actions.chatNow, texts.chatNow);
    this.#chatNow = h('div', { class: 'now', role: 'status' }, h('p', {}, texts.onDutyNow), now);
    const words = h('div', {}, this.#title, this.#detail, this.#change);
    this.element = h('div', { class: 'missed', hidden: '' }, this.#chatNow, this.#done, words, this.#form);
  }

  /** Whether the form asks for the message, so that there is no need of the composer. */
  static asksForMessage(state: State): boolean {
    if (isByForm(state)) return state.pending.length === 0;
    return state.conversation?.place.state === 'missed' && !hasWritten(state);
  }

  /** What stands in the form's box. */
  get text(): string {
    return this.#message.input.value;
  }

  set text(text: string) {
    this.#message.input.value = text;
  }

  /** How the visitor can be reached, as far as it is filled in. */
  get reach(): { contact: string; name: string } {
    return { contact: this.#contact.input.value, name: this.#name.input.value };
  }

  set reach({ contact, name }: { contact: string; name: string }) {
    this.#contact.input.value = contact;
    this.#name.input.value = name;
  }

  focus(): void {
    (this.#message.element.hidden ? this.#contact : this.#message).input.focus();
  }

  update(state: State): void {
    this.#state = state;
    const { conversation } = state;
    const place = conversation?.place;
    const byForm = isByForm(state);
    show(this.element, byForm || place?.state === 'missed');
    if (byForm) return this.#askByForm(state);
    if (!conversation || place?.state !== 'missed') {
      this.#changing = false;
      return;
    }
    const written = hasWritten(state);
    const stored = written && hasStored(state);
    const reachable = conversation.contact_left || state.contact?.told === false;
    this.element.classList.toggle('left', stored);
    show(this.#done, stored);
    // While it is under way, the message itself says so.
    setText(this.#title, stored ? this.#texts.leftTitle : written ? '' : this.#askTitle(place, state));
    setText(this.#detail, stored ? this.#leftText(conversation, state) : written ? '' : this.#askText(place, state));
    show(this.#change, stored && conversation.contact_left && !this.#changing);
    show(this.#chatNow, state.onDuty);
    show(this.#message.element, !written);
    show(this.#form, !written || (stored && (!reachable || this.#changing)));
    setText(this.#submit, written ? this.#texts.send : this.#texts.formSend);
  }

  /** There is no conversation, and no way to have one but this. */
  #askByForm({ pending }: State): void {
    const asks = pending.length === 0;
    this.element.classList.remove('left');
    for (const hidden of [this.#done, this.#change, this.#chatNow]) show(hidden, false);
    setText(this.#title, asks ? this.#texts.cutOff : '');
    setText(this.#detail, asks ? this.#texts.missedAsk : '');
    show(this.#message.element, asks);
    show(this.#form, asks);
    setText(this.#submit, this.#texts.formSend);
  }

  #askTitle({ reason }: MissedPlace, { onDuty }: State): string {
    // Nobody was; somebody is.
    const past = onDuty && (reason === 'nobody_on_duty' || reason === 'everyone_left');
    return past ? this.#texts.missed : (this.#texts.missedReason[reason] ?? this.#texts.missedOther);
  }

  #askText({ resumes_at }: MissedPlace, { onDuty }: State): string {
    const texts = this.#texts;
    const back = resumes_at === null || onDuty ? '' : texts.back(this.#times.comes(resumes_at, serverTime())) + texts.gap;
    return back + texts.missedAsk;
  }

  #leftText({ contact_left }: GuestConversation, { contact, cutOff }: State): string {
    const texts = this.#texts;
    if (!contact_left) return contact?.told === false ? texts.leftAdd : texts.leftAsk;
    const reach = contact ? texts.leftReach(isolated(contact.contact)) + texts.gap : '';
    // Without a connection no answer comes here.
    return reach + (cutOff ? '' : texts.leftAdd);
  }

  #correct(): void {
    this.#changing = true;
    this.reach = this.#state?.contact ?? this.reach;
    if (this.#state) this.update(this.#state);
    this.#contact.input.focus();
  }

  #leave(): void {
    const texts = this.#texts;
    const asked = !this.#message.element.hidden;
    const contact = this.#contact.input.value.trim();
    const over = characters(this.text) - TEXT_CHARS_MAX;
    const wrongText = !asked ? '' : this.text.trim() === '' ? texts.needed : over > 0 ? texts.tooLong(String(over)) : '';
    const wrongContact = contact === '' ? (asked ? '' : texts.needed) : isComplete(contact) ? '' : texts.badContact;
    this.#contact.wrong(wrongContact);
    this.#message.wrong(wrongText);
    if (wrongText !== '') this.#message.input.focus();
    else if (wrongContact !== '') this.#contact.input.focus();
    else {
      this.#changing = false;
      if (asked && !this.#actions.say(this.text)) return;
      const { name } = this.reach;
      this.text = '';
      this.reach = { contact: '', name: '' };
      if (contact !== '') this.#actions.leaveContact(name, contact);
      // A name alone is not sent, and no draft any more.
      else this.#actions.drafted();
    }
  }
}

/** Whether the visitor has written in this conversation. */
export function hasWritten(state: State): boolean {
  return state.pending.length > 0 || hasStored(state);
}

/** Where earlier messages are not here, some of them are the visitor's. */
function hasStored({ after, messages }: State): boolean {
  return after > 0 || messages.some((message) => message.from.role === 'guest');
}

/** What has an @ is meant as an address; of anything else it is only known that it is not a handful of characters. */
function isComplete(contact: string): boolean {
  return contact.includes('@') ? /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(contact) : contact.length > 4;
}
