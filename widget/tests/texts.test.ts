import { describe, expect, test } from 'vitest';
import { CLOSE_CODES } from '../src/protocol';
import { LANGUAGES, languageOf, localeOf, type Texts } from '../src/texts';
import { endedKind } from '../src/texts/texts';
import { positionText } from '../src/view/line';

/** Every text of a language by its path, functions called with some argument. */
function all(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const here = `${path}${key}`;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') return [[here, String((value as (...of: unknown[]) => unknown)(2, 3))]];
    return all(value as object, `${here}.`);
  });
}

const keys = (texts: Texts): string[] => all(texts).map(([key]) => key);

describe.each(Object.entries(LANGUAGES))('%s', (_, texts) => {
  test('has the same texts as the others, none of them empty', () => {
    expect(keys(texts).sort()).toEqual(keys(LANGUAGES.en).sort());
    expect(all(texts).filter(([key, text]) => key !== 'gap' && text.trim() === '')).toEqual([]);
  });

  test('has a sentence for every close that is for good', () => {
    for (const { name, retry } of Object.values(CLOSE_CODES)) if (!retry) expect(texts.ended[endedKind(name)]).toBeTruthy();
  });
});

test('Chinese is Chinese', () => {
  expect(all(LANGUAGES['zh-CN']).filter(([key, text]) => key !== 'gap' && !/\p{Script=Han}/u.test(text) && key !== 'from')).toEqual([]);
});

test('the place in line is told as a person would', () => {
  const { en, 'zh-CN': zh } = LANGUAGES;
  expect(positionText(en, 3, 230)).toBe('3 people ahead of you, about 4 min');
  expect(positionText(en, 1, null)).toBe('1 person ahead of you');
  expect(positionText(en, 0, 59)).toBe('You are next, under a minute');
  expect(positionText(en, 30, 7_200)).toBe('30 people ahead of you, more than an hour');
  expect(positionText(zh, 3, 230)).toBe('前面还有 3 位，大约 4 分钟');
  expect(positionText(zh, 0, null)).toBe('下一位就是您');
});

test('the language is the first wish that can be granted', () => {
  expect(languageOf('zh', 'en', 'en')).toBe('zh-CN');
  expect(languageOf(undefined, 'zh-Hant-TW', 'en')).toBe('zh-CN');
  expect(languageOf(undefined, 'de', 'zh-CN')).toBe('zh-CN');
  expect(languageOf(undefined, '', 'fr-FR')).toBe('en');
  expect(localeOf('en', 'en-GB')).toBe('en-GB');
  expect(localeOf('en', 'zh-CN')).toBe('en');
});
