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
  return [...text].length;
}

/** The first `max` characters; never half of one. */
export function firstCharacters(text: string, max: number): string {
  // No character is longer than two units, so that of a long text only the beginning is taken apart.
  return [...text.slice(0, 2 * max)].slice(0, max).join('');
}

/** UUID version 4. `crypto.randomUUID` would need a secure context, and sites on plain http exist. */
export function uuid(): string {
  // The 8 keeps its upper two bits, which say what kind it is; the 4 is no digit that is replaced.
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => {
    const [random = 0] = crypto.getRandomValues(new Uint8Array(1));
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}
