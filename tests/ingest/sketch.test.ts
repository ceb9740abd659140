import { expect, test } from 'vitest'
import { alike, sketch } from '../../src/ingest/sketch.ts'

const article =
  '本报讯（记者 王某）10月19日，记者从市市场监管局了解到，今年以来，全市多家企业通过质押专利和商标获得融资，有效缓解了资金短缺难题。' +
  '目前，这项工作已实现县区全覆盖，形成了政府引导、银保协同、平台助力的模式，单笔贷款最高和最低的企业都说手续比以前简便得多。'
const other =
  '近日，供水服务中心优化报装流程，线上办理用水报装环节为一个，无外线工程三个工作日内完成通水，外线工程二百米范围内的通水不超过十个工作日。' +
  '个人或单位客户只需扫码就能办理用水、用电、用气等业务，实现了进一厅、办多事，工作人员第一时间到达现场、开展抢修、恢复供水、发布信息。'

test.each([
  ['itself', article, true],
  [
    'another scrape with other spaces, width and punctuation',
    article.replace(/，/g, ' ,').replace('10月19日', '１０月 １９日'),
    true,
  ],
  ['a reprint without its lead', article.slice(20), true],
  ['a scan with a few slips', article.replace('融资', '融贷').replace('覆盖', '復盖'), true],
  ['another article', other, false],
  ['an article that quotes a sentence of it', `${other}${article.slice(100, 140)}`, false],
  ['nothing', '', false],
])('compared with %s', (_name, text, expected) => {
  expect(alike(sketch(article), sketch(text))).toBe(expected)
})

test('never takes short captions for one another', () => {
  expect(alike(sketch('图为施工现场。'), sketch('图为施工现场。'))).toBe(false)
})
