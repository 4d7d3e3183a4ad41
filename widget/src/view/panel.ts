// The panel: header, connection, line, talk, and at the foot the composer or what comes instead of it.

import type { Draft } from '../drafts';
import type { Session } from '../session';
import { hasTexts, isByForm, type State } from '../state';
import { localeOf, type Language, type Texts } from '../texts';
import { Composer } from './composer';
import { isAllThereIs } from './connection';
import { button, h, show } from './dom';
import { Header } from './header';
import { Hero } from './hero';
import { Line } from './line';
import { Messages } from './messages';
import { Missed } from './missed';
import { Strip } from './strip';
import { Talk } from './talk';
import { Times } from './times';

export class Panel {
  readonly element: HTMLElement;
  readonly #header: Header;
  readonly #strip: Strip;
  readonly #line: Line;
  readonly #missed: Missed;
  readonly #talk: Talk;
  readonly #composer: Composer;
  readonly #over: HTMLElement;
  /** The form asks for the message, instead of the composer. */
  #asks = false;

  constructor(session: Session, texts: Texts, language: Language) {
    const times = new Times(localeOf(language, navigator.language), texts);
    const say = (text: string): boolean => session.say(text);
    const drafted = (): void => session.drafts.changed(this.#draft);
    this.#header = new Header(texts, { close: () => session.closePanel(), leave: () => session.leave() });
    const reconnect = (): void => session.reconnect();
    this.#strip = new Strip(texts, reconnect);
    this.#line = new Line(texts);
    this.#missed = new Missed(texts, times, {
      say,
      drafted,
      leaveContact: (name, contact) => session.leaveContact(name, contact),
      chatNow: () => session.startNew(),
    });
    const messages = new Messages(texts, times, {
      retry: (id) => session.retry(id),
      discard: (id) => session.discard(id),
    });
    this.#talk = new Talk(texts, new Hero(texts, reconnect), messages, this.#missed, () => session.earlier());
    const typing = (text: string): void => {
      session.typing(text);
      drafted();
    };
    this.#composer = new Composer(texts, language, { say, typing });
    session.drafts.shownBy(({ text, contact, name }) => {
      (this.#asks ? this.#missed : this.#composer).text = text;
      this.#missed.reach = { contact, name };
    });
    const startNew = button({ class: 'primary' }, () => session.startNew(), texts.startNew);
    this.#over = h('div', { class: 'over', hidden: '' }, startNew);
    this.element = h(
      'section',
      { class: 'panel', id: 'panel', role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' },
      this.#header.element,
      this.#strip.element,
      this.#line.element,
      this.#talk.element,
      this.#over,
      this.#composer.element,
    );
  }

  update(state: State, before: State | null): void {
    const { link } = state;
    const place = state.conversation?.place;
    const asks = Missed.asksForMessage(state);
    // What was begun in one box goes on in the other.
    if (asks !== this.#asks) {
      const [from, to] = asks ? [this.#composer, this.#missed] : [this.#missed, this.#composer];
      if (from.text !== '') [to.text, from.text] = [from.text, ''];
      this.#asks = asks;
    }
    this.element.classList.toggle('fresh', !hasTexts(state) && place?.state === 'waiting');
    this.#header.update(state);
    this.#strip.update(state);
    this.#line.update(state);
    this.#talk.update(state, before);
    const useless = link.state === 'ended' && isAllThereIs(state);
    const over = place?.state === 'closed' && !isByForm(state);
    show(this.#over, over);
    show(this.#composer.element, !over && !asks && !useless);
  }

  /** What has been written and not sent. */
  get #draft(): Draft {
    return { text: (this.#asks ? this.#missed : this.#composer).text, ...this.#missed.reach };
  }

  /** Escape closes what was opened last; says whether that was something inside the panel. */
  dismiss(): boolean {
    return this.#header.dismiss();
  }

  /** Where writing begins; on a touch screen the panel itself, so that the keyboard does not cover what there is to read. */
  focus(touch: boolean): void {
    if (touch) this.element.focus();
    else if (!this.#composer.element.hidden) this.#composer.focus();
    else if (!this.#over.hidden) this.#over.querySelector('button')?.focus();
    else this.#missed.focus();
  }
}
