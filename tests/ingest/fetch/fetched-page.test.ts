import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readArticles } from '../../../src/ingest/read-articles.ts'
import { type Origin, fetchedPage, withOrigin } from '../../../src/ingest/read/fetched-page.ts'
import { tempFolder } from '../../support/temp.ts'

const BODY = '近日，市税务局推出新办法，企业可以网上申报，不收取任何费用，当天就可以办结。'
const page = (head = '') =>
  `<!doctype html><html><head><title>网上申报不收费</title>${head}</head><body><h1>网上申报不收费</h1><p>${BODY}</p></body></html>`
const FROM: Origin = {
  url: 'https://paper.example.cn/a.html',
  charset: null,
  published: '2024-05-06',
}

async function read(bytes: Uint8Array) {
  const path = join(tempFolder(), 'a.html')
  writeFileSync(path, bytes)
  const articles = []
  for await (const text of readArticles(path, 'paper.example.cn/a.html', () => {}))
    articles.push(...text.articles)
  return articles
}

test('a page is where it was fetched, whatever it says, and of the day that its feed says', async () => {
  const claims = page(
    '<link rel="canonical" href="https://bank.example/"><meta property="og:url" content="https://bank.example/">',
  )
  const [article] = await read(withOrigin(FROM, Buffer.from(claims)))
  expect(article).toMatchObject({
    url: FROM.url,
    headline: '网上申报不收费',
    text: BODY,
    date: { value: '2024-05-06' },
  })
})

test('the day that a page says itself goes before that of the feed', async () => {
  const dated = page('<meta name="PubDate" content="2024-05-01 10:00">')
  expect((await read(withOrigin(FROM, Buffer.from(dated))))[0]?.date.value).toBe('2024-05-01')
})

test('a saved page says itself where it is from', async () => {
  const saved = page('<link rel="canonical" href="https://paper.example.cn/b.html">')
  expect((await read(Buffer.from(saved)))[0]?.url).toBe('https://paper.example.cn/b.html')
})

test('the encoding that the server told is kept, where it fits', async () => {
  const big5 = new TextDecoder('big5')
  // 中文 and the like: what Big5 has at these places.
  const words = Uint8Array.from(
    Array.from({ length: 60 }, (_, i) => [0xa4 + (i % 20), 0x51 + (i % 40)]).flat(),
  )
  const bytes = Buffer.concat([
    Buffer.from('<html><body><p>'),
    words,
    Buffer.from('</p></body></html>'),
  ])
  const [article] = await read(withOrigin({ ...FROM, charset: 'Big5' }, bytes))
  expect(article?.text.replaceAll('\n', '')).toContain(big5.decode(words).slice(0, 20))
  // What servers say of pages they know nothing of.
  for (const charset of ['ISO-8859-1', 'no-such-thing', 'utf-8'])
    expect((await read(withOrigin({ ...FROM, charset }, Buffer.from(page()))))[0]?.text).toBe(BODY)
})

test('what stands in front of a page cannot be broken out of, and is nothing else', () => {
  const odd: Origin = { url: 'https://x.example/a?b=%3E--%3E', charset: null, published: null }
  const bytes = withOrigin({ ...odd, charset: '--><script>' }, Buffer.from('<p>x'))
  expect(bytes.toString().split('-->').length).toBe(2)
  expect(fetchedPage(bytes).origin).toEqual({ ...odd, charset: '--><script>' })
  for (const text of [
    '<!--fetched {}-->\n<p>x',
    '<!--fetched nonsense',
    '<p>x',
    '<!--fetched {"url":"file:///x","charset":null,"published":null}-->\n',
  ])
    expect(fetchedPage(Buffer.from(text))).toMatchObject({ origin: null })
})
