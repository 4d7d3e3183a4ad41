// The panel: header, connection, line, talk, and at the foot the composer or what comes instead of it.

import type { Session } from '../session';
import type { State } from '../state';
import { localeOf, type Language, type Texts } from '../texts';
import { Composer } from './composer';
import { button, h, show } from './dom';
import { Header } from './header';
import { Line } from './line';
import { Messages } from './messages';
import { Missed } from './missed';
import { Strip } from './strip';
import { Talk } from './talk';
import { Times } from './times';

export class Panel {
  readonly element: HTMLElement;
  private readonly header: Header;
  private readonly strip: Strip;
  private readonly line: Line;
  private readonly missed: Missed;
  private readonly talk: Talk;
  private readonly composer: Composer;
  private readonly over: HTMLElement;

  constructor(session: Session, texts: Texts, language: Language) {
    const times = new Times(localeOf(language, navigator.language), texts);
    const say = (text: string): boolean => session.say(text);
    this.header = new Header(texts, { close: () => session.closePanel(), leave: () => session.leave() });
    this.strip = new Strip(texts, () => session.reconnect());
    this.line = new Line(texts);
    this.missed = new Missed(texts, times, {
      say,
      leaveContact: (contact) => session.leaveContact(contact),
      chatNow: () => session.startNew(),
    });
    const messages = new Messages(texts, times, {
      retry: (id) => session.retry(id),
      discard: (id) => session.discard(id),
    });
    this.talk = new Talk(texts, messages, this.missed);
    this.composer = new Composer(texts, language, { say, typing: (text) => session.typing(text) });
    const startNew = button({ class: 'primary' }, () => session.startNew(), texts.startNew);
    this.over = h('div', { class: 'over', hidden: '' }, startNew);
    this.element = h(
      'section',
      { class: 'panel', id: 'panel', role: 'dialog', 'aria-labelledby': 'title', tabindex: '-1' },
      this.header.element,
      this.strip.element,
      this.line.element,
      this.talk.element,
      this.over,
      this.composer.element,
    );
  }

  update(state: State, before: State | null): void {
    const place = state.conversation?.place;
    this.element.dataset['state'] = place?.state ?? 'none';
    this.header.update(state);
    this.strip.update(state);
    this.line.update(place);
    this.talk.update(state, before);
    show(this.over, place?.state === 'closed');
    show(this.composer.element, place?.state !== 'closed' && !Missed.asksForMessage(state));
  }

  /** Escape closes what was opened last; says whether that was something inside the panel. */
  dismiss(): boolean {
    return this.header.dismiss();
  }

  /** Where writing begins; on a touch screen the panel itself, so that the keyboard does not cover what there is to read. */
  focus(touch: boolean): void {
    if (touch) this.element.focus();
    else if (!this.composer.element.hidden) this.composer.focus();
    else if (!this.over.hidden) this.over.querySelector('button')?.focus();
    else this.missed.focus();
  }
}
