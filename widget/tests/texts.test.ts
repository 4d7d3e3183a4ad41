import { describe, expect, test } from 'vitest';
import { CLOSE_CODES } from '../src/protocol';
import { LANGUAGES, languageOf, localeOf, type Texts } from '../src/texts';
import { endedKind } from '../src/texts/texts';
import { aboutText, aheadText, detailText } from '../src/view/line';
import { waiting, type Waiting } from './build';

/** Every text of a language by its path, functions called with some argument. */
function all(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const here = `${path}${key}`;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') return [[here, String((value as (...of: unknown[]) => unknown)('2'))]];
    return all(value as object, `${here}.`);
  });
}

/** Nothing stands between Chinese sentences, and nothing is said of who has just arrived. */
const SILENT = ['gap', 'comma', 'waitReason.arrived'];

const keys = (texts: Texts): string[] => all(texts).map(([key]) => key);

describe.each(Object.entries(LANGUAGES))('%s', (_, texts) => {
  test('has the same texts as the others, none of them empty', () => {
    expect(keys(texts).sort()).toEqual(keys(LANGUAGES.en).sort());
    expect(all(texts).filter(([key, text]) => !SILENT.includes(key) && text.trim() === '')).toEqual([]);
  });

  test('has a sentence for every close that is for good', () => {
    for (const { name, retry } of Object.values(CLOSE_CODES)) if (!retry) expect(texts.ended[endedKind(name)]).toBeTruthy();
  });
});

test('Chinese is Chinese', () => {
  expect(all(LANGUAGES['zh-CN']).filter(([key, text]) => ![...SILENT, 'from'].includes(key) && !/\p{Script=Han}/u.test(text))).toEqual([]);
});

test('the place in line is told as a person would', () => {
  const { en, 'zh-CN': zh } = LANGUAGES;
  expect([0, 1, 3].map(en.ahead)).toEqual(['You are next', '1 person ahead of you', '3 people ahead of you']);
  expect([10, 15].map((ahead) => aheadText(en, ahead))).toEqual(['10 people ahead of you', 'about 15 people ahead of you']);
  expect(aheadText(zh, 200)).toBe('前面大约还有 200 位');
  expect([0, 3].map(zh.ahead)).toEqual(['下一位就是您', '前面还有 3 位']);
  const about = (texts: Texts, estimate_s: number | null): string => aboutText(texts, waiting({ estimate_s }));
  expect([null, 59, 230, 7_200].map((seconds) => about(en, seconds))).toEqual([
    '',
    'under a minute',
    'about 4 min',
    'more than an hour',
  ]);
  expect(about(zh, 230)).toBe('大约 4 分钟');
});

test('no time is promised while nobody is there', () => {
  const { en } = LANGUAGES;
  for (const gone of [{ staffed: false }, { agents_here: false }]) {
    expect(aboutText(en, waiting({ estimate_s: 60, ...gone }))).toBe('');
  }
});

test('who waits is told why, and what is true', () => {
  const { en } = LANGUAGES;
  const told = (change: Partial<Waiting>, connected = true): string => detailText(en, waiting(change), connected);
  expect(told({})).toBe(en.soon);
  expect(told({ reason: 'agent_lost' })).toBe(`${en.waitReason.agent_lost} ${en.first}`);
  expect(told({ reason: 'bounced', staffed: false })).toBe(`${en.waitReason.bounced} ${en.nobody} ${en.kept}`);
  expect(told({ reason: 'guest_away' })).toBe(`${en.waitReason.guest_away} ${en.soon}`);
  expect(told({ agents_here: false })).toBe(`${en.nobody} ${en.kept}`);
  expect(told({}, false)).toBe(en.kept);
});

test('the language is the first wish that can be granted', () => {
  expect(languageOf('zh', 'en', 'en')).toBe('zh-CN');
  expect(languageOf(undefined, 'zh-Hant-TW', 'en')).toBe('zh-CN');
  expect(languageOf(undefined, 'de', 'zh-CN')).toBe('zh-CN');
  expect(languageOf(undefined, '', 'fr-FR')).toBe('en');
  expect(localeOf('en', 'en-GB')).toBe('en-GB');
  expect(localeOf('en', 'zh-CN')).toBe('en');
});
