// A site's own colour, made to fit: text on it is black or white, whichever is easier to read, and where it is itself
// the colour of text it moves away from the background until it can be read (WCAG 2, 4.5:1).

type Rgb = readonly [number, number, number];

const CONTRAST_MIN = 4.5;

/** The surfaces of styles.css that the accent stands on as text, in light and in dark. */
const SURFACES: Record<'light' | 'dark', Rgb> = { light: [217, 241, 240], dark: [29, 38, 41] };

/** The custom properties for `color`, or `null` if it is not `#rgb` or `#rrggbb`. */
export function accent(color: string): Record<string, string> | null {
  const rgb = parse(color);
  if (!rgb) return null;
  const black: Rgb = [0, 0, 0];
  const white: Rgb = [255, 255, 255];
  return {
    '--accent': hex(rgb),
    '--own': 'color-mix(in oklab, var(--accent) var(--tint), var(--surface))',
    '--on-accent': hex(contrast(rgb, white) >= contrast(rgb, black) ? white : black),
    '--accent-text-light': hex(readable(rgb, SURFACES.light, black)),
    '--accent-text-dark': hex(readable(rgb, SURFACES.dark, white)),
  };
}

function parse(color: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color);
  const long = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color);
  const channel = (digits = ''): number => parseInt(digits.length === 1 ? digits + digits : digits, 16);
  const found = short ?? long;
  return found && [channel(found[1]), channel(found[2]), channel(found[3])];
}

function readable(color: Rgb, on: Rgb, towards: Rgb): Rgb {
  for (let step = 0; step < 20; step++) {
    const mixed = color.map((channel, i) => Math.round(channel + ((towards[i] ?? 0) - channel) * (step / 20)));
    const candidate: Rgb = [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0];
    if (contrast(candidate, on) >= CONTRAST_MIN) return candidate;
  }
  return towards;
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
