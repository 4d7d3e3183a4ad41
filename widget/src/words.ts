// Strings as the wire and the limits count them.

/** A pair, which stays, or half of one, which does not. */
const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g;

/** Without lone surrogates: they are no Unicode text, and the server would refuse the whole frame. */
export function wellFormed(text: string): string {
  const modern = text as string & { toWellFormed?: () => string };
  if (modern.toWellFormed) return modern.toWellFormed();
  return text.replace(SURROGATES, (found) => (found.length === 2 ? found : '\ufffd'));
}

/** Unicode scalar values, as the server counts them. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first `max` characters; never half of one. */
export function firstCharacters(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  let count = 0;
  for (const character of text) {
    if (count++ === max) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** UUID version 4. `crypto.randomUUID` would need a secure context, and sites on plain http exist. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
