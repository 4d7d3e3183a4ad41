// Whose chat it is and where its server is, however the script came into the page.

import { describe, expect, test } from 'vitest';
import { findTag, readConfig, Unknown, type Surroundings, type Tag } from '../src/config';

const SCRIPT = 'https://chat.example/widget.js';
const BUNDLE = 'https://shop.example/assets/app-3f2a.js';

function tag(src: string, dataset: DOMStringMap = {}): Tag {
  return { src, dataset };
}

/** What Chrome says; the others say the same with other words around it. */
function runOutOf(file: string): string {
  return `Error\n    at ${file}:1:29\n    at https://elsewhere.example/loader.js:7:1`;
}

function found(surroundings: Partial<Surroundings>): { src: string; site: string | undefined } {
  const { src, dataset } = findTag({ current: null, tags: [], stack: '', resources: [], ...surroundings });
  return { src, site: dataset['site'] };
}

function refusal(surroundings: Partial<Surroundings>): string {
  try {
    return JSON.stringify(found(surroundings));
  } catch (error) {
    if (error instanceof Unknown) return error.message;
    throw error;
  }
}

describe('the site and the server are known', () => {
  const known = (src: string): { src: string; site: string } => ({ src, site: 'KEY' });

  test('of the tag that runs', () => {
    expect(found({ current: tag(SCRIPT, { site: 'KEY' }) })).toEqual(known(SCRIPT));
    expect(found({ current: tag(`${SCRIPT}?site=KEY`) })).toEqual(known(`${SCRIPT}?site=KEY`));
    expect(found({ current: tag('https://cdn.example/help/chat.js', { site: 'KEY' }) })).toEqual(
      known('https://cdn.example/help/chat.js'),
    );
  });

  test('of a module, by its tag or its address', () => {
    expect(found({ stack: runOutOf(SCRIPT), tags: [tag(SCRIPT, { site: 'KEY' })] })).toEqual(known(SCRIPT));
    expect(found({ stack: runOutOf(`${SCRIPT}?site=KEY`) })).toEqual(known(`${SCRIPT}?site=KEY`));
    const firefox = `@${SCRIPT}?site=KEY:1:29\n`;
    expect(found({ stack: firefox })).toEqual(known(`${SCRIPT}?site=KEY`));
  });

  test('of the placeholder that a consent tool leaves when it runs a copy', () => {
    const placeholder = tag('', { site: 'KEY', src: SCRIPT });
    expect(found({ current: tag(SCRIPT), tags: [placeholder] })).toEqual(known(SCRIPT));
  });

  test('of the tag that a manager has put beside its own', () => {
    const tags = [tag('https://tags.example/manager.js'), tag(`${SCRIPT}?site=KEY`)];
    expect(found({ tags })).toEqual(known(`${SCRIPT}?site=KEY`));
  });

  test('of the address that was loaded and then run out of another file', () => {
    expect(found({ stack: runOutOf(BUNDLE), resources: [BUNDLE, `${SCRIPT}?site=KEY`] })).toEqual(known(`${SCRIPT}?site=KEY`));
  });
});

describe('nothing is guessed', () => {
  test('without a key the sentence names the right address', () => {
    for (const how of [{ current: tag(SCRIPT) }, { stack: runOutOf(SCRIPT) }, { current: tag(`${SCRIPT}?v=2`) }]) {
      expect(refusal(how)).toBe(`the script does not know its site. Load it as ${SCRIPT}?site=KEY, with your site's key`);
    }
  });

  test('in a bundle it names none', () => {
    const said = refusal({ current: tag(BUNDLE), stack: runOutOf(BUNDLE) });
    expect(said).toContain('with the address of your Seatline');
    expect(said).not.toContain('shop.example');
  });

  test('the script of another vendor is not taken for ours', () => {
    const theirs = [tag('https://other.example/widget.js', { site: 'THEIRS' }), tag('https://count.example/script.js', { site: 'X' })];
    expect(refusal({ current: tag(SCRIPT), tags: theirs })).toContain(SCRIPT);
    expect(found({ current: tag(`${SCRIPT}?site=KEY`), tags: theirs }).site).toBe('KEY');
  });

  test('a page opened as a file is no server', () => {
    expect(refusal({ current: tag('file:///home/anna/widget.js', { site: 'KEY' }) })).toContain('does not know its site');
  });
});

describe('config', () => {
  test('the server is beside the script, wherever that is', () => {
    const urls = (src: string): string[] => {
      const { socketUrl, url } = readConfig(tag(src, { site: 'k&y' }), '', 'en');
      return [socketUrl, url('widget/check')];
    };
    expect(urls('https://chat.example/widget.js?v=2')).toEqual([
      'wss://chat.example/ws/guest?site=k%26y',
      'https://chat.example/widget/check?site=k%26y',
    ]);
    expect(urls('http://127.0.0.1:3000/help/widget.js')[0]).toBe('ws://127.0.0.1:3000/help/ws/guest?site=k%26y');
  });

  test('the tag decides over the page, and the page over the browser', () => {
    const language = (data: DOMStringMap, page: string): string => readConfig(tag('https://a/', { site: 'k', ...data }), page, 'en').language;
    expect(language({ language: 'zh' }, 'en')).toBe('zh-CN');
    expect(language({}, 'zh-CN')).toBe('zh-CN');
  });

  test('what an attribute says may stand in the address, and an attribute counts more', () => {
    const src = `${SCRIPT}?site=KEY&language=zh&color=%23ff0000`;
    const read = (data: DOMStringMap): unknown => {
      const current = tag(src, data);
      return readConfig(findTag({ current, tags: [], stack: '', resources: [] }), 'en', 'en');
    };
    expect(read({})).toMatchObject({ site: 'KEY', language: 'zh-CN', color: '#ff0000' });
    expect(read({ language: 'en' })).toMatchObject({ site: 'KEY', language: 'en', color: '#ff0000' });
  });
});
