import { describe, expect, test } from 'vitest'
import { PageOfLinks, readPage } from '../../../../src/ingest/read/html/page.ts'

const BODY = `<p>　　本报讯（记者 何田）4月8日，县住建局发布消息，老旧厂房改造每平方米补助45元，
  一家企业最多<b>补助</b>180万元。</p><p>　　申请人可在6月底前把材料交到<a href="hall.html">政务大厅</a>。</p>`

const page = (body: string, head = '') =>
  `<!doctype html><html><head><meta charset="utf-8"><title>老旧厂房改造补助开始受理_柳泉网</title>${head}</head><body>${body}</body></html>`

const AROUND = {
  menu: '<div class="nav"><a href="/1">首页</a><a href="/2">要闻</a><a href="/3">专题</a></div><div>当前位置：首页 > 要闻 > 正文</div>',
  comments:
    '<div class="box"><h3>网友评论</h3><p>柳泉网友：我们厂等了三年，才领到12元。</p><p>路人：别高兴得太早，去年说过一次。</p></div>',
  related:
    '<div><h4>相关阅读</h4><ul><li><a href="/a">邻县今年停发改造补助</a></li><li><a href="/b">改造补助涨到70元</a></li></ul></div>',
  footer: '<div>版权所有 柳泉网 未经许可不得转载 柳ICP备11111111号</div>',
}
const saved = (article: string, head = '') =>
  page(`${AROUND.menu}${article}${AROUND.related}${AROUND.comments}${AROUND.footer}`, head)
const H1 = '<h1>老旧厂房改造补助开始受理</h1>'

test('the article stands alone: headline, what labels it, its paragraphs', async () => {
  const { text, kind } = await readPage(
    saved(
      `<div class="main">${H1}<div class="info"><span>2021-04-09 08:15</span> <span>来源：柳泉日报</span> <span>小字号</span></div><div class="text">${BODY}</div><div>责任编辑：周宁</div></div>`,
    ),
  )
  expect(text).toBe(
    [
      '# 老旧厂房改造补助开始受理',
      '2021-04-09 08:15 来源：柳泉日报',
      '　　本报讯（记者 何田）4月8日，县住建局发布消息，老旧厂房改造每平方米补助45元， 一家企业最多补助180万元。',
      '　　申请人可在6月底前把材料交到政务大厅。',
      '责任编辑：周宁',
    ].join('\n\n'),
  )
  expect(kind?.kind).toBe('web')
})

describe('what no reader sees is not read:', () => {
  test.each([
    ['an attribute', '<p hidden>每平方米补助99元。</p>'],
    ['a style', '<p style="color:red; display : none">每平方米补助99元。</p>'],
    ['another style', '<div style="visibility:hidden"><p>每平方米补助99元。</p></div>'],
    ['a rule of the page', '<p class="gather">每平方米补助99元。</p>'],
  ])('hidden by %s', async (_how, hidden) => {
    const head = '<style>/* 采集 */ .gather, #x { font-size:0; display:none }</style>'
    const { text } = await readPage(saved(`${H1}<div>${BODY}${hidden}</div>`, head))
    expect(text).toContain('补助45元')
    expect(text).not.toContain('99元')
  })

  test('but what hides nearly all is shown by a script', async () => {
    const { text } = await readPage(
      page(`${H1}<div id="content" style="visibility:hidden">${BODY}</div>`),
    )
    expect(text).toContain('补助45元')
  })
})

test.each([
  [
    'JSON-LD',
    '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"老旧厂房改造补助开始受理","datePublished":"2021-04-08T17:15:00Z","publisher":{"name":"柳泉日报"}}]}</script>',
  ],
  [
    'Open Graph',
    '<meta property="og:title" content="老旧厂房改造补助开始受理"><meta property="article:published_time" content="2021-04-09"><meta property="og:site_name" content="柳泉日报">',
  ],
  [
    'a county site’s meta names',
    '<meta name="ArticleTitle" content="老旧厂房改造补助开始受理"><meta name="PubDate" content="2021-04-09 08:15"><meta name="ContentSource" content="柳泉日报">',
  ],
])('date and paper from %s', async (_name, head) => {
  const { given, text } = await readPage(page(`<div>${BODY}</div>`, head))
  expect(given.date).toMatch(/^2021-04-09/u)
  expect(given.publication).toBe('柳泉日报')
  expect(text).toMatch(/^# 老旧厂房改造补助开始受理\n/u)
})

test('what stands under a pager is not the article’s', async () => {
  const under = '<p>首页 | 上一页 1 下一页 | 尾页</p><p>邻县昨日下雪，道路结冰，请慢行。</p>'
  const { text } = await readPage(page(`${H1}<div>${BODY}${under}</div>`))
  expect(text).toMatch(/政务大厅。$/u)
})

test('a page that is from 本网 is from whoever issued it, else from its site', async () => {
  const head =
    '<meta name="ContentSource" content="本网"><meta name="SiteName" content="柳泉县政府网">'
  const issued = '<p>发布机构：柳泉县住建局 成文日期：2021-04-02</p>'
  expect((await readPage(page(`${H1}${BODY}`, head))).given.publication).toBe('柳泉县政府网')
  expect((await readPage(page(`${issued}${H1}${BODY}`, head))).given.publication).toBeNull()
})

test('what a page shows over its headline is not its text', async () => {
  const html = `<div><h1>柳泉县住建局政府信息公开</h1><p>规章</p><h2>老旧厂房改造补助开始受理</h2>${BODY}</div>`
  expect((await readPage(page(html))).text).toMatch(/^# 老旧厂房改造补助开始受理\n\n　　本报讯/u)
})

test('a title that its document prints again over two lines is no text', async () => {
  const again = '<p>柳建〔2021〕3号</p><p>老旧厂房改造</p><p>补助开始受理</p>'
  const { text } = await readPage(page(`${H1}<div>${again}${BODY}</div>`))
  expect(text).toMatch(/3号\n\n　　本报讯/u)
})

test('no page broke the lines of a web page, nor has it running heads', async () => {
  expect((await readPage(page(`${H1}${BODY}`))).unpaged).toBe(true)
})

test('an account of WeChat, and the moment in its script', async () => {
  const html = `${H1}<strong class="profile_nickname">柳泉住建</strong><div id="js_content" style="visibility:hidden">${BODY}</div><script>var ct = "1617901200";</script>`
  const { given } = await readPage(
    page(html, '<meta property="og:site_name" content="微信公众平台">'),
  )
  expect(given).toMatchObject({ publication: '柳泉住建', date: '2021-04-09' })
})

test.each([
  ['老旧厂房改造补助开始受理_柳泉网', '老旧厂房改造补助开始受理'],
  ['老旧厂房改造补助开始受理 - 要闻 - 柳泉县人民政府', '老旧厂房改造补助开始受理'],
  ['老旧厂房改造 补助开始受理', '老旧厂房改造 补助开始受理'],
  ['关于受理老旧厂房改造补助的公告', '关于受理老旧厂房改造补助的公告'],
  ['老旧厂房改造补助开始受理_通知公告专栏', '老旧厂房改造补助开始受理'],
])(
  'the headline of a page without one is its title %s without its site',
  async (title, headline) => {
    const html = page(`<div>${BODY}</div>`).replace(
      /<title>.*<\/title>/u,
      `<title>${title}</title>`,
    )
    expect((await readPage(html)).text.split('\n')[0]).toBe(`# ${headline}`)
  },
)

describe('figures in elements of their own are kept', () => {
  const text = async (html: string) =>
    (
      await readPage(
        page(`${H1}<p>2021-04-09 来源：柳泉日报 <span>小字号</span></p>${BODY}${html}`),
      )
    ).text

  test('in a short sentence', async () => {
    const html = '<p>护理补贴每人每月<span>290</span>元<span>&nbsp;。</span></p>'
    expect(await text(html)).toMatch(/每月290元\s*。/u)
  })

  test('in cells, in rows of figures and on lines of their own', async () => {
    const table =
      '<table><tr><td>年份</td><td>件数</td></tr><tr><td><span>2019</span></td><td><p><span>38</span></p></td></tr><tr><td>中</td><td>3</td></tr></table>'
    expect(await text(table)).toContain('年份\t件数\n2019\t38\n中\t3')
    expect(await text('<p>咨询电话：</p><p>5550012</p><p>工作日接听。</p>')).toContain('5550012')
  })

  test('and words of buttons in a sentence too', async () => {
    const html = '<p>点右上角的<span>更多</span>，再点<em>收藏</em>。</p>'
    expect(await text(html)).toContain('点右上角的更多，再点收藏。')
  })
})

describe('what an article says is kept, whatever it stands in:', () => {
  const NOTICE =
    '因管道检修，6月3日8时至20时柳泉路停水，请居民提前储水，不便之处敬请谅解。恢复供水后，请先放水三分钟。'
  const long = `<div class="links">${'柳泉县水务局提示：节约用水，人人有责，发现漏水请及时报告。'.repeat(4)}</div>`

  test('a part called pages_content', async () => {
    const html = page(`${H1}<div class="pages_content"><p>${NOTICE}</p></div>${long}`)
    expect((await readPage(html)).text).toContain(NOTICE)
  })

  test('a form around the whole page', async () => {
    const html = page(`<form id="form1">${H1}<div>${NOTICE}<br>${NOTICE}</div></form>`)
    expect((await readPage(html)).text).toContain(NOTICE)
  })

  test('a table that begins with 视频', async () => {
    const table =
      '<table><tr><td>视频</td><td>12件</td></tr><tr><td>图文</td><td>30件</td></tr></table>'
    expect((await readPage(page(`${H1}${BODY}${table}`))).text).toContain('视频\t12件')
  })

  test('links to files', async () => {
    const files = ['申请表.docx', '承诺书.doc', '名单.xls'].map(
      (name) => `<li><a href="/f">${name}</a></li>`,
    )
    const html = page(`${H1}<div>${BODY}<ul>${files.join('')}</ul></div>`)
    expect((await readPage(html)).text).toMatch(/申请表.docx\n\n承诺书.doc\n\n名单.xls$/u)
  })

  test('links to files by their address, whatever they are called', async () => {
    const files = ['申请表', '承诺书', '名单'].map(
      (name) => `<p><a href="/f/1.pdf">${name}</a></p>`,
    )
    const html = page(`${H1}<div>${BODY}<p>附件：</p><div>${files.join('')}</div></div>`)
    expect((await readPage(html)).text).toMatch(/附件：\n\n申请表\n\n承诺书\n\n名单$/u)
  })
})

test('a head with nothing under it does not end an article', async () => {
  const html = saved(`${H1}<div>${BODY}<div><span>相关附件</span></div><p>1</p></div>`)
  expect((await readPage(html)).text).toMatch(/政务大厅。$/u)
})

test('tables stay tables; tables that lay out a page do not', async () => {
  const { text } = await readPage(
    page(`<table><tr><td>${H1}<p>发布日期：2021-04-09</p></td></tr><tr><td>${BODY}
      <table><tr><th>面积</th><th>补助</th></tr><tr><td>500平方米以下</td><td>2<br>万元</td></tr><tr><td></td><td>其余按面积</td></tr></table></td></tr></table>`),
  )
  expect(text).toContain('面积\t补助\n500平方米以下\t2 万元\n\t其余按面积')
  expect(text).not.toContain('受理\t')
})

test('a cell that reaches over rows or columns is said in each', async () => {
  const { text } = await readPage(
    page(`${H1}<div>${BODY}<table><tr><th>器具</th><th>档次</th><th>补助</th></tr>
      <tr><td rowspan="2">水表</td><td>大</td><td>40元</td></tr><tr><td>小</td><td>25元</td></tr>
      <tr><td colspan="2">合计</td><td>65元</td></tr></table></div>`),
  )
  expect(text).toContain('器具\t档次\t补助\n水表\t大\t40元\n水表\t小\t25元\n合计\t合计\t65元')
})

test('an article of a digital edition is what the edition marks', async () => {
  const { text, given } =
    await readPage(`<html><head><title>柳泉日报数字报-厂房换新颜</title></head><body>
    <table><tr><td>2021年4月9日 星期五</td><td><a href="1">往期</a></td></tr></table>
    <table><tr><td>第01版：头版</td></tr><tr><td><a href="2">邻县停发补助</a></td></tr></table>
    <table><tr><td class="font02">——县里老厂区见闻</td></tr><tr><td class="font01">厂房换新颜</td></tr></table>
    <div id="ozoom"><founder-content>${BODY}</founder-content></div><table><tr><td>上一篇</td><td>下一篇</td></tr></table></body></html>`)
  expect(text).toMatch(/^# 厂房换新颜\n\n——县里老厂区见闻\n\n　　本报讯/u)
  expect(text).not.toMatch(/邻县|第01版|下一篇/u)
  expect(given).toMatchObject({ date: '2021年4月9日 星期五', publication: '柳泉日报' })
})

test('a page of links is said to be one', async () => {
  const links = Array.from(
    { length: 30 },
    (_, i) => `<li><a href="/${i}">第${i}条要闻的标题在这里</a></li>`,
  )
  await expect(readPage(page(`<h2>要闻</h2><ul>${links.join('')}</ul>`))).rejects.toThrow(
    PageOfLinks,
  )
})

test('an empty page gives nothing', async () => {
  expect((await readPage('<html><head></head><body><script>1</script></body></html>')).text).toBe(
    '',
  )
})
