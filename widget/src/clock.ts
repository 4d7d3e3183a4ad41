// The server's clock: the times it tells are by that one, and the clock of the visitor's computer may be wrong.

/** Clocks that differ by less are the same: the difference may be the time that the answer was on its way. */
const SKEW_MS_MIN = 1_500;

/** How far the server's clock is ahead of this computer's. */
let ahead = 0;

/** What the server's clock shows, as far as that is known. */
export function serverTime(): number {
  return Date.now() + ahead;
}

/** The server has said what its clock shows at this moment. */
export function heard(server: number): void {
  const seen = server - Date.now();
  if (Math.abs(seen - ahead) >= SKEW_MS_MIN) ahead = seen;
}
