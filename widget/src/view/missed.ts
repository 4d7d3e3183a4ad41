// Nobody could take the conversation: says so in a sentence, when somebody is back, and asks for a message and a way
// to reach the visitor, the message first.

import { CONTACT_CHARS_MAX, GUEST_NAME_CHARS_MAX, TEXT_CHARS_MAX } from '../protocol';
import type { State } from '../state';
import type { Contact } from '../store';
import type { Texts } from '../texts';
import { characters } from '../words';
import { button, h, setText, show } from './dom';
import type { Times } from './times';

export interface MissedActions {
  say: (text: string) => boolean;
  leaveContact: (contact: Contact) => void;
  chatNow: () => void;
}

export class Missed {
  readonly element: HTMLElement;
  private readonly sentence = h('p', { class: 'position', role: 'status' });
  private readonly detail = h('p', { class: 'quiet' });
  private readonly chatNow: HTMLElement;
  private readonly form: HTMLFormElement;
  private readonly message = h('textarea', { rows: '4', id: 'm' });
  private readonly messageField: HTMLElement;
  private readonly contact: HTMLInputElement;
  private readonly name: HTMLInputElement;
  private readonly submit = h('button', { class: 'primary' });

  constructor(
    private readonly texts: Texts,
    private readonly times: Times,
    private readonly actions: MissedActions,
  ) {
    const { formMessage, formContact, formContactHint, formName } = texts;
    this.contact = h('input', {
      id: 'c',
      type: 'text',
      autocomplete: 'email',
      maxlength: String(CONTACT_CHARS_MAX),
      'aria-describedby': 'ch',
    });
    this.name = h('input', { id: 'n', type: 'text', autocomplete: 'name', maxlength: String(GUEST_NAME_CHARS_MAX) });
    this.messageField = h('div', {}, h('label', { for: 'm' }, formMessage), this.message);
    const contactHint = h('p', { class: 'hint', id: 'ch' }, formContactHint);
    this.form = h(
      'form',
      {},
      this.messageField,
      h('div', {}, h('label', { for: 'c' }, formContact), this.contact, contactHint),
      h('div', {}, h('label', { for: 'n' }, formName), this.name),
      this.submit,
    );
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.leave();
    });
    const now = button({ class: 'primary' }, actions.chatNow, texts.chatNow);
    this.chatNow = h('div', { class: 'now' }, h('p', {}, texts.onDutyNow), now);
    this.element = h('div', { class: 'missed', hidden: '' }, this.sentence, this.detail, this.chatNow, this.form);
  }

  /** Whether the form asks for the message, so that there is no need of the composer. */
  static asksForMessage(state: State): boolean {
    return state.conversation?.place.state === 'missed' && !hasWritten(state);
  }

  focus(): void {
    (this.messageField.hidden ? this.contact : this.message).focus();
  }

  update(state: State): void {
    const conversation = state.conversation;
    const place = conversation?.place;
    show(this.element, place?.state === 'missed');
    if (!conversation || place?.state !== 'missed') return;
    const back = place.resumes_at === null ? '' : this.texts.back(this.times.comes(place.resumes_at, Date.now()));
    const written = hasWritten(state);
    const reachable = conversation.contact_left || state.contact !== null;
    setText(this.sentence, this.texts.missedReason[place.reason] + (back && this.texts.gap + back));
    setText(this.detail, !written ? this.texts.missed : reachable ? this.texts.formDone : this.texts.formKept);
    show(this.detail, written);
    show(this.chatNow, state.onDuty);
    show(this.messageField, !written);
    show(this.form, !written || !reachable);
    this.message.required = !written;
    this.contact.required = written;
    setText(this.submit, written ? this.texts.formSave : this.texts.formSend);
  }

  private leave(): void {
    const text = this.message.value;
    const contact = this.contact.value;
    if (!this.messageField.hidden) {
      if (text.trim() === '' || characters(text) > TEXT_CHARS_MAX || !this.actions.say(text)) return;
      this.message.value = '';
    }
    if (contact.trim() !== '') this.actions.leaveContact({ name: this.name.value, contact });
  }
}

function hasWritten(state: State): boolean {
  return state.pending.length > 0 || state.messages.some((message) => message.from.role === 'guest');
}
