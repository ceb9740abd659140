import { describe, expect, test } from 'vitest'
import { htmlText } from '../../../src/ingest/read/html-text.ts'

const PAGE = `<!doctype html><html><head>
<title>某某日报 - 数字报</title>
<meta property="og:title" content="我市出台助企新政">
<meta property="og:site_name" content="某某日报">
<meta property="article:published_time" content="2024-05-06">
<link rel="canonical" href="https://paper.example/2024/5/6/a1.html">
<style>p { color: red }</style><script>var a = '不该出现'</script></head>
<body><nav><a href="/1">首页</a><a href="/2">要闻</a></nav>
<ul class="dates"><li><a href="/a">第一版</a></li><li><a href="/b">第二版</a></li><li><a href="/c">第三版</a></li></ul>
<article><h1>我市出台助企新政</h1>
<p>本报讯　今年以来，
  我市<b>企业</b>增多。<br>见<a href="../policy.html">《办法》</a>全文。</p>
<table><tr><th>指标</th><th>2023年</th></tr><tr><td>企业</td><td>742<br>家</td></tr></table>
<p>责任编辑：王伟 <a href="javascript:print()">打印</a></p></article>
<footer>版权所有</footer></body></html>`

describe("an article's page", async () => {
  const { text, given, links } = await htmlText(PAGE)

  test('gives its article and nothing around it', () => {
    expect(text).toBe(
      [
        '# 我市出台助企新政',
        '',
        '本报讯　今年以来， 我市企业增多。',
        '见《办法》全文。',
        '',
        '指标\t2023年',
        '企业\t742 家',
        '',
        '责任编辑：王伟 打印',
      ].join('\n'),
    )
  })

  test('gives what its head says', () => {
    expect(given).toEqual({
      id: null,
      title: '我市出台助企新政',
      date: '2024-05-06',
      place: null,
      publication: '某某日报',
      url: 'https://paper.example/2024/5/6/a1.html',
    })
  })

  test('keeps web links by the words that carry them', () => {
    expect(links.map(({ start, end, url }) => [text.slice(start, end), url])).toEqual([
      ['《办法》', 'https://paper.example/2024/5/policy.html'],
    ])
  })
})

test('a page without an article element gives its body without lists of links', async () => {
  const { text, given } = await htmlText(
    '<title>标题</title><div><a href="/1">首页</a> <a href="/2">新闻</a> <a href="/3">专题</a></div><div><p>第一段。</p><p>第二段。</p></div>',
  )
  expect(text).toBe('第一段。\n\n第二段。')
  expect(given.title).toBe('标题')
})

test('an empty cell keeps its column', async () => {
  const { text } = await htmlText(
    '<table><tr><td></td><td>全市</td></tr><tr><td>企业</td><td>5</td></tr></table>',
  )
  expect(text).toBe('\t全市\n企业\t5')
})

test.each([
  [
    'a page whose only <article> is a teaser',
    '<article><p>推荐</p></article><div><p>企业可以申请贴息贷款，最高300万元。</p></div>',
    '推荐\n\n企业可以申请贴息贷款，最高300万元。',
  ],
  [
    'a page that stands in a form',
    '<form><p>补贴标准为每户5万元。</p><select><option>市级</option></select></form>',
    '补贴标准为每户5万元。',
  ],
  ['no search form', '<form>搜索<input></form><p>补贴每户5万元。</p>', '补贴每户5万元。'],
])('reads %s', async (_name, html, text) => {
  expect((await htmlText(`<body>${html}</body>`)).text).toBe(text)
})
