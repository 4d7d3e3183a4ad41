// What happens in the chat is no business of the page: its shortcuts, focus traps and "no copying" handlers see none of
// it. Events are taken at the window, before the page's own capturing listeners if ours are first, and handed from there to
// whoever listens in the chat. What the browser does by itself (typing, pasting, pressing a button) goes on as ever.

type Listener = (event: never) => void;

/** Everything that a page may listen for globally and act on. Listen to these with `listen` alone. */
const KEPT =
  'keydown keypress keyup beforeinput input compositionstart compositionupdate compositionend copy cut paste ' +
  'selectstart contextmenu dragstart dragenter dragover drop focus blur focusin focusout pointerdown pointerup ' +
  'mousedown mouseup click dblclick auxclick touchstart touchmove touchend wheel';

/** What `keydown` says for a key that an input method swallows; Safari says nothing better. */
const KEY_OF_INPUT_METHOD = 229;

const listeners = new WeakMap<EventTarget, [string, Listener][]>();

let chat: ShadowRoot | null = null;

/** What has begun in the chat, such as a key that is down. */
const down = new Set<string>();

/** Before the page has registered its own, if possible. */
export function guardWindow(): void {
  take(globalThis);
}

/** From here on, what happens within `root` is the chat's. */
export function guard(root: ShadowRoot): void {
  chat = root;
  // What is not composed, as from a password manager, never gets to the window.
  take(root);
}

/** Hears an event of the chat, the innermost element first. */
export function listen<K extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  type: K,
  listener: (event: HTMLElementEventMap[K]) => void,
): void {
  const list = listeners.get(element) ?? [];
  listeners.set(element, [...list, [type, listener]]);
}

function take(from: EventTarget): void {
  for (const type of KEPT.split(' ')) {
    // Nobody prevents scrolling: the browser need not wait for us.
    from.addEventListener(type, taken, { capture: from !== chat, passive: /^[tw]/.test(type) });
  }
}

function taken(event: Event): void {
  const path = event.composedPath();
  const end = chat ? path.indexOf(chat) : -1;
  if (!isOurs(event as KeyboardEvent, end >= 0)) {
    hideChatFrom(event);
    return;
  }
  event.stopImmediatePropagation();
  keepFileOut(event as DragEvent);
  // Keys that choose what is composed are the input method's.
  if (event instanceof KeyboardEvent && (event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD)) return;
  for (const target of path.slice(0, end)) {
    for (const [type, listener] of listeners.get(target) ?? []) if (type === event.type) listener(event as never);
  }
}

/** What went down on the page is the page's until it is let go, also above the chat: a slider, a key that is held. */
function isOurs({ type, code = '' }: KeyboardEvent, inChat: boolean): boolean {
  const begin = type.replace(/up$/, 'down') + code;
  if (type.endsWith('up')) return down.delete(begin) && inChat;
  if (inChat) down.add(begin);
  else down.delete(begin);
  return inChat;
}

/** A file let go above the chat is not for the page, and does not take the page's place in the window. */
function keepFileOut(event: DragEvent): void {
  if (!event.dataTransfer?.types.includes('Files')) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'none';
}

/** Focus that comes to the chat leaves the page as if it left the window, so that no dialog of the page fetches it back. */
function hideChatFrom(event: Event): void {
  const to = (event as FocusEvent).relatedTarget;
  if (chat && to === chat.host) Object.defineProperty(event, 'relatedTarget', { value: null });
}
