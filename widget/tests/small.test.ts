import { describe, expect, test } from 'vitest';
import { accent, contrast } from '../src/view/color';
import { characters, firstCharacters, wellFormed } from '../src/words';

describe('words', () => {
  test('count as the server counts', () => {
    expect(characters('a字𠮷👩‍🚀')).toBe(6);
    expect(firstCharacters('𠮷𠮷𠮷', 2)).toBe('𠮷𠮷');
    expect(firstCharacters('short', 10)).toBe('short');
  });

  test('lose lone surrogates and keep pairs, with and without the browser’s help', () => {
    const broken = 'a\ud83d b\ude4f \ud83d\ude4f';
    const mended = 'a\ufffd b\ufffd \ud83d\ude4f';
    expect(wellFormed(broken)).toBe(mended);
    const modern = Object.getOwnPropertyDescriptor(String.prototype, 'toWellFormed');
    Reflect.deleteProperty(String.prototype, 'toWellFormed');
    try {
      expect(wellFormed(broken)).toBe(mended);
    } finally {
      if (modern) Object.defineProperty(String.prototype, 'toWellFormed', modern);
    }
  });
});

describe('a colour of the site', () => {
  test.each([['#ffd400', '#000000'], ['#1a237e', '#ffffff'], ['#abc', '#000000']])('%s takes text in %s', (color, on) => {
    expect(accent(color)?.['--on-accent']).toBe(on);
  });

  test.each(['#ffd400', '#1a237e', '#ff00aa', '#ffffff', '#000000', '#7fd1ae', '#808080'])(
    '%s is readable as text, and text on its tint, in light and in dark',
    (color) => {
      const properties = accent(color);
      const rgb = (name: string): [number, number, number] =>
        [1, 3, 5].map((i) => parseInt((properties?.[name] ?? name).slice(i, i + 2), 16)) as never;
      const themes = [
        { theme: 'light', surfaces: ['#ffffff', '#f0f4f6'], text: '#192123' },
        { theme: 'dark', surfaces: ['#121a1c', '#1d2629'], text: '#e7ecee' },
      ];
      for (const { theme, surfaces, text } of themes) {
        const own = rgb(`--own-${theme}`);
        expect(contrast(rgb(text), own)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(own, rgb(surfaces[0] ?? ''))).toBeGreaterThan(1.1);
        for (const surface of [...surfaces.map(rgb), own]) {
          expect(contrast(rgb(`--accent-text-${theme}`), surface)).toBeGreaterThanOrEqual(4.5);
        }
      }
    },
  );

  test('is left alone if it is none', () => {
    expect(accent('red; } body {')).toBeNull();
  });
});
