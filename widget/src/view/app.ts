// The widget on the page: one element of its own with a shadow root, so that neither styles nor scripts of the page and
// the widget get in each other's way.

import type { Session } from '../session';
import type { State } from '../state';
import { LANGUAGES, type Language } from '../texts';
import { Announcer } from './announcer';
import { accent } from './color';
import { h } from './dom';
import { guard, listen } from './events';
import { wrapTab } from './focus';
import { settle } from './host';
import { Launcher } from './launcher';
import { Panel } from './panel';
import { fitInSight } from './sight';
import styles from './styles/index.css';

const WHOLE_SCREEN = '(max-width: 480px), (max-height: 480px) and (pointer: coarse)';

export function wholeScreen(): boolean {
  return matchMedia(WHOLE_SCREEN).matches;
}

export class App {
  readonly #root: ShadowRoot;
  readonly #frame: HTMLElement;
  readonly #launcher: Launcher;
  /** Made when it is first opened: most visitors of most pages never do. */
  #panel: Panel | null = null;
  readonly #makePanel: () => Panel;
  readonly #announcer: Announcer;
  #drawn: State | null = null;
  #due = false;
  readonly #session: Session;
  /** Puts the chat back into a page that has lost it. */
  readonly settle: () => void;

  /** `dead` is told if the page has made the chat useless: another one is to be made. */
  constructor(session: Session, language: Language, color: string | null, dead: () => void) {
    this.#session = session;
    const host = document.createElement('seatline-chat');
    this.#root = host.attachShadow({ mode: 'open' });
    addStyles(this.#root);
    const texts = LANGUAGES[language];
    this.#launcher = new Launcher(texts, () => (session.state.panelOpen ? session.closePanel() : session.openPanel()));
    this.#makePanel = () => new Panel(session, texts, language);
    this.#announcer = new Announcer(texts);
    this.#frame = h('div', { class: 'frame', lang: language }, this.#launcher.element, this.#announcer.element);
    for (const [name, value] of Object.entries((color && accent(color)) || {})) this.#frame.style.setProperty(name, value);
    this.#root.append(this.#frame);
    guard(this.#root);
    listen(this.#frame, 'keydown', (event) => this.#key(event));
    this.#draw();
    session.subscribe(() => this.#changed());
    this.settle = settle(host, dead);
  }

  /** Many frames in a row, as after a reconnect, make one drawing. */
  #changed(): void {
    if (this.#session.state.panelOpen !== this.#drawn?.panelOpen) {
      this.#draw();
      return;
    }
    if (this.#due) return;
    this.#due = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#due = false;
    const { state } = this.#session;
    const before = this.#drawn;
    this.#drawn = state;
    if (state.panelOpen && !this.#panel) {
      this.#panel = this.#makePanel();
      this.#frame.prepend(this.#panel.element);
      fitInSight(this.#frame, this.#panel.element);
      // Seen closed once, it opens with the motion it has.
      this.#frame.getClientRects();
    }
    this.#frame.classList.toggle('open', state.panelOpen);
    const focused = this.#root.activeElement;
    this.#launcher.update(state);
    this.#panel?.element.setAttribute('aria-modal', String(wholeScreen()));
    this.#panel?.update(state, before);
    if (before) this.#announcer.update(state, before);
    const turned = before !== null && before.panelOpen !== state.panelOpen;
    // What had the focus may be gone: the composer, when the conversation ended.
    const lost = focused !== null && !this.#root.activeElement?.getClientRects().length;
    if (state.panelOpen && (turned || lost)) this.#panel?.focus(matchMedia('(pointer: coarse)').matches);
    else if (turned) this.#launcher.element.focus();
  }

  #key(event: KeyboardEvent): void {
    if (!this.#panel || !this.#session.state.panelOpen) return;
    if (event.key === 'Escape') {
      if (!this.#panel.dismiss()) this.#session.closePanel();
    } else if (event.key === 'Tab' && wholeScreen()) {
      wrapTab(this.#panel.element, this.#root, event);
    }
  }
}

/** A constructed style sheet passes a policy that forbids inline styles; browsers without them get a `<style>`. */
function addStyles(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(h('style', {}, styles));
  }
}
