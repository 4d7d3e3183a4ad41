import { expect, test } from 'vitest';
import { LANGUAGES } from '../src/texts';
import { agentName, isBlank, isolated } from '../src/view/names';

const { en } = LANGUAGES;

test('a name of which nothing is seen is none', () => {
  const blank = ['', ' ', '\u200b', '\u3164\uffa0', '\u2800', '\u202e\u2066', '\ufeff', '\u{e0041}', '\u0301', '\u00ad\t'];
  expect(blank.filter((name) => !isBlank(name))).toEqual([]);
  expect(['Mei', '梅', 'م', '✨', '4', 'é', '\u200bMei'].filter(isBlank)).toEqual([]);
  expect(agentName(en, '\u3164')).toBe(en.title);
});

test('a name turns nothing around it', () => {
  expect(en.seated(agentName(en, 'Mei'))).toBe('Mei is here for you');
  expect(isolated('Mei \u202egpj')).toBe('Mei gpj');
  expect(isolated('\u2069Mei\u2066')).toBe('Mei');
  expect(en.seated(agentName(en, 'מיכל 7'))).toBe('\u2068מיכל 7\u2069 is here for you');
});
