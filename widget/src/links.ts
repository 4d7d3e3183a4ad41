// Web addresses among words. Text stays text: only `http` and `https` are links, written out, and where an address ends
// is guessed the way people write, in Latin and in Chinese. The desk reads them by the same rules (app/src/ui/linked.rs).

export interface Piece {
  text: string;
  link: boolean;
}

/** White space, what no address contains unescaped, invisible marks that would disguise it, and the punctuation of Chinese
 * and of typographic quotes. */
const OVER =
  '\\s\\p{Cc}<>"`{}|\\\\^\\u200b-\\u206f\\ufeff\\ufffc\\ufffd‘’“”«»…—\\u3000-\\u303f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff65';

/** Scripts written without spaces. Right after a Latin letter or a digit they are the sentence going on
 * (`https://shop.example/cart里的`), after a mark they are part of the address (`https://wiki.example/龙井`). */
const HAN = '\\u2e80-\\u2fff\\u3040-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}';

const ADDRESS = new RegExp(`https?://[${HAN}]*(?:[a-z\\d]|[^${OVER}${HAN}a-z\\d][${HAN}]*)*`, 'giu');

/** The text in pieces, which put together are the text again. */
export function pieces(text: string): Piece[] {
  const list: Piece[] = [];
  let from = 0;
  ADDRESS.lastIndex = 0;
  for (let found = ADDRESS.exec(text); found; found = ADDRESS.exec(text)) {
    const start = found.index;
    const address = /[a-z\d]/i.test(text.charAt(start - 1)) ? '' : honest(withoutTrailingMarks(found[0]));
    ADDRESS.lastIndex = start + (address.length || 1);
    if (address === '') continue;
    if (start > from) list.push({ text: text.slice(from, start), link: false });
    from = start + address.length;
    list.push({ text: address, link: true });
  }
  if (from < text.length) list.push({ text: text.slice(from), link: false });
  return list;
}

/** `https://bank.example@elsewhere.example` leads elsewhere: whoever wants that may copy it. */
function honest(address: string): string {
  return /^https?:\/\/[\p{L}\p{N}][^/?#@]*(?:[/?#]|$)/iu.test(address) ? address : '';
}

/** Without the marks that end the sentence and the bracket that closes around the address. */
function withoutTrailingMarks(address: string): string {
  let end = address.length;
  while (/[.,:;!?'*_~)\]]/.test(address.charAt(end - 1)) && !closesWithin(address.slice(0, end))) end--;
  return address.slice(0, end);
}

/** Whether the last character is a bracket that was opened in the address. */
function closesWithin(address: string): boolean {
  const count = (mark: string): number => address.split(mark).length;
  const last = address.slice(-1);
  return (last === ')' && count('(') >= count(')')) || (last === ']' && count('[') >= count(']'));
}
