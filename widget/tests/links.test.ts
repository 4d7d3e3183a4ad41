import { expect, test } from 'vitest';
import { pieces } from '../src/links';

/** The links of a text, which must be the same text when put together. */
function links(text: string): string[] {
  const list = pieces(text);
  expect(list.map((piece) => piece.text).join('')).toBe(text);
  return list.filter((piece) => piece.link).map((piece) => piece.text);
}

test('an address among words is a link', () => {
  expect(pieces('see https://shop.example/a?b=1#c now')).toEqual([
    { text: 'see ', link: false },
    { text: 'https://shop.example/a?b=1#c', link: true },
    { text: ' now', link: false },
  ]);
  expect(links('http://a.example\nHTTPS://B.example:8443/x http://localhost')).toEqual([
    'http://a.example',
    'HTTPS://B.example:8443/x',
    'http://localhost',
  ]);
  expect(pieces('no address here')).toEqual([{ text: 'no address here', link: false }]);
});

test.each([
  'javascript:alert(1)',
  'JavaScript://shop.example/%0aalert(1)',
  'data:text/html,x',
  'www.example.com',
  'https:/a.example',
  'xhttps://a.example',
  'https://',
  'https://.',
  'https:///path',
  'https://?x',
  'https://-a.example',
  'https://。',
  'https://bank.example@evil.example/',
  'https://user:secret@a.example',
])('%s is no link', (text) => {
  expect(links(text)).toEqual([]);
});

test.each([
  ['javascript:https://a.example', 'https://a.example'],
  ['https://https://a.example', 'https://https://a.example'],
  ['https://a.example/@name', 'https://a.example/@name'],
  ['https://a.example/\u202egpj.exe', 'https://a.example/'],
  ['Look: https://a.example/b.', 'https://a.example/b'],
  ['https://a.example/b?!', 'https://a.example/b'],
  ['**https://a.example/b**', 'https://a.example/b'],
  ["'https://a.example'", 'https://a.example'],
  ['<https://a.example/b>', 'https://a.example/b'],
  ['(https://a.example/b)', 'https://a.example/b'],
  ['(see https://a.example/b).', 'https://a.example/b'],
  ['https://a.example/b_(c)', 'https://a.example/b_(c)'],
  ['(https://a.example/b_(c))', 'https://a.example/b_(c)'],
  ['https://a.example/?x[]=1', 'https://a.example/?x[]=1'],
  ['请看https://a.example/b。谢谢', 'https://a.example/b'],
  ['https://a.example/b，有货吗？', 'https://a.example/b'],
  ['https://a.example/cart里的这件', 'https://a.example/cart'],
  ['https://a.example是你们的吗', 'https://a.example'],
  ['《https://a.example/b》', 'https://a.example/b'],
  ['https://a.example/b\u3000c', 'https://a.example/b'],
  ['https://例子.测试/路径?查询=值', 'https://例子.测试/路径?查询=值'],
  ['https://zh.wiki.example/wiki/龙井茶', 'https://zh.wiki.example/wiki/龙井茶'],
  ['https://bücher.example/straße', 'https://bücher.example/straße'],
  ['https://한국.example/경로', 'https://한국.example/경로'],
])('in %s it is %s', (text, link) => {
  expect(links(text)).toEqual([link]);
});

test('a text of nothing but marks and schemes comes to an end', () => {
  expect(links(`https://a${'.)'.repeat(3_995)}`)).toEqual(['https://a']);
  expect(links('https://@'.repeat(800))).toEqual([]);
});
