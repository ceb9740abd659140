import { expect, test } from 'vitest'
import { addressIn, dayIn, isFeed, readFeed } from '../../../src/ingest/fetch/feed.ts'

const BASE = 'https://paper.example.cn/rss/news.xml'
const rss = (items: string) =>
  `<?xml version="1.0" encoding="gb2312"?>\n<rss version="2.0"><channel><title>报</title><link>/</link>${items}</channel></rss>`
const read = (text: string, most = 100) => readFeed(text, BASE, most)

test('RSS: relative addresses, CDATA, blanks, entities, each once', () => {
  const items = read(
    rss(`
      <item><title><![CDATA[甲]]></title><link><![CDATA[ /2024/a.html ]]></link><pubDate>Mon, 06 May 2024 17:30:00 GMT</pubDate></item>
      <item><link>
        https://paper.example.cn/b.html?x=1&amp;y=2#top
      </link></item>
      <item><link>/2024/a.html</link></item>
      <item><title>without a link</title><guid isPermaLink="false">17</guid></item>
      <item><guid>https://paper.example.cn/c.html</guid></item>
      <item><link>javascript:alert(1)</link></item>
      <item><link>file:///etc/passwd</link></item>
      <item><link>https://user:pass@paper.example.cn/d.html</link></item>`),
  )
  expect(items).toEqual([
    { url: 'https://paper.example.cn/2024/a.html', published: '2024-05-07' },
    { url: 'https://paper.example.cn/b.html?x=1&y=2', published: null },
    { url: 'https://paper.example.cn/c.html', published: null },
  ])
})

test('Atom: the article among several links, the day it was published', () => {
  const items = read(`<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/self"/>
    <entry><link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="a.html"/>
      <updated>2024-06-01T00:00:00+08:00</updated><published>2024-05-06T23:00:00+08:00</published></entry>
    <entry><link href="/b.html"/><updated>2024-06-01T00:00:00Z</updated></entry></feed>`)
  expect(items).toEqual([
    { url: 'https://paper.example.cn/rss/a.html', published: '2024-05-06' },
    { url: 'https://paper.example.cn/b.html', published: '2024-06-01' },
  ])
})

test('RSS 1.0 has its items beside the channel', () => {
  const text = `<rdf:RDF xmlns:rdf="r"><channel/><item rdf:about="x"><link>/a</link><dc:date>2024-05-06</dc:date></item></rdf:RDF>`
  expect(read(text)).toEqual([{ url: 'https://paper.example.cn/a', published: '2024-05-06' }])
})

test.each([
  ['Mon, 06 May 2024 17:30:00 GMT', '2024-05-07'],
  ['Mon, 06 May 2024 17:30:00 +0800', '2024-05-06'],
  // Without a zone, as Chinese papers write it, it is their own time.
  ['Sat, 22 Jul 2017 23:55:00', '2017-07-22'],
  ['2024-05-06 23:30:00', '2024-05-06'],
  ['2024/5/6 1:02', '2024-05-06'],
  ['2024年5月6日 10:00', '2024-05-06'],
  ['2024-05-06T17:30:00Z', '2024-05-07'],
  ['2024-05-06T23:30:00.000+08:00', '2024-05-06'],
  ['8/21/2018 9:00:00 AM', '2018-08-21'],
  ['0001-01-01T00:00:00Z', null],
  ['yesterday', null],
  ['', null],
])('%s is the day %s', (text, day) => expect(dayIn(text)).toBe(day))

test.each([
  ['<?xml version="1.0"?><!-- x --><rss version="2.0">', true],
  ['\uFEFF\n<feed xmlns="http://www.w3.org/2005/Atom">', true],
  ['<?xml version="1.0"?><?xml-stylesheet href="x"?><rdf:RDF>', true],
  ['<!DOCTYPE rss [<!ENTITY a "b">]><rss>', true],
  ['<!DOCTYPE html><html><body>rss</body></html>', false],
  ['<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', false],
  ['<rssfeed>', false],
])('%s is a feed: %s', (text, expected) => expect(isFeed(text)).toBe(expected))

test('entities are not resolved, and a million items are not taken', () => {
  const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`
  const text = `${bomb}<rss><channel><item><link>/&c;</link></item></channel></rss>`
  expect(isFeed(text)).toBe(true)
  expect(read(text)[0]?.url.length).toBeLessThan(60)
  const many = rss('<item><link>/a</link></item>'.repeat(150_000))
  const different = rss(
    Array.from({ length: 500 }, (_, i) => `<item><link>/${i}</link></item>`).join(''),
  )
  expect(read(many).length).toBe(1)
  expect(read(different, 200).length).toBe(200)
})

test('tags that stand in each other for ever are refused at once', () => {
  const started = performance.now()
  const deep = `<rss>${'<a>'.repeat(700_000)}${'</b>'.repeat(700_000)}`
  expect(() => readFeed(deep, 'https://example.org/', 200)).toThrow(RangeError)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('an address of the web, or none', () => {
  expect(addressIn(' https://example.org/a#b ')).toBe('https://example.org/a')
  expect(addressIn('http://2130706433/')).toBe('http://127.0.0.1/')
  for (const text of ['', 'example.org', 'ftp://example.org', 'data:text/html,x', 'https://'])
    expect(addressIn(text)).toBeNull()
})

test('an address that no server would take is none', () => {
  expect(addressIn(`https://example.org/${'a'.repeat(2_000)}`)).not.toBeNull()
  expect(addressIn(`https://example.org/${'a'.repeat(1_000_000)}`)).toBeNull()
})
