// A site's own colour, made to fit: text on it is black or white, whichever is easier to read, and where it is itself
// the colour of text it moves away from the background until it can be read (WCAG 2, 4.5:1).

type Rgb = readonly [number, number, number];

const CONTRAST_MIN = 4.5;

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** `--surface` of theme.css in dark; in light it is white. */
const DARK: Rgb = [18, 26, 28];

/** How much of the accent is in the visitor's own bubbles. */
const SHARE_LIGHT = 0.14;
const SHARE_DARK = 0.25;

/** The custom properties for `color`, or `null` if it is not `#rgb` or `#rrggbb`. */
export function accent(color: string): Record<string, string> | null {
  const rgb = parse(color);
  if (!rgb) return null;
  const light = fitted(rgb, WHITE, BLACK, SHARE_LIGHT);
  const dark = fitted(rgb, DARK, WHITE, SHARE_DARK);
  return {
    '--accent': hex(rgb),
    '--on-accent': hex(contrast(rgb, WHITE) >= contrast(rgb, BLACK) ? WHITE : BLACK),
    '--accent-text-light': hex(light.text),
    '--accent-text-dark': hex(dark.text),
    '--own-light': hex(light.own),
    '--own-dark': hex(dark.own),
  };
}

/** A tint of the surface that can be told from it, and the accent as it can be read on that. */
function fitted(color: Rgb, surface: Rgb, towards: Rgb, share: number): { own: Rgb; text: Rgb } {
  const own = mixed(surface, readable(color, surface, towards), share);
  return { own, text: readable(color, own, towards) };
}

function parse(color: string): Rgb | null {
  const long = color.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  const channel = (at: number): number => parseInt(long.slice(at, at + 2), 16);
  return /^#[\da-f]{6}$/i.test(long) ? [channel(1), channel(3), channel(5)] : null;
}

function readable(color: Rgb, on: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mixed(color, towards, share);
    if (contrast(candidate, on) >= CONTRAST_MIN) return candidate;
  }
  return towards;
}

function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  const channel = (i: 0 | 1 | 2): number => Math.round(a[i] + (b[i] - a[i]) * share);
  return [channel(0), channel(1), channel(2)];
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function luminance([r, g, b]: Rgb): number {
  const linear = (channel: number): number => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

function hex(rgb: Rgb): string {
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
