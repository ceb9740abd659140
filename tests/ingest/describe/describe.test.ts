import { readdirSync, readFileSync } from 'node:fs'
import { describe as group, expect, test } from 'vitest'
import { Article } from '../../../src/corpus.ts'
import { describe } from '../../../src/ingest/describe/describe.ts'
import { type Given, NOTHING_GIVEN } from '../../../src/ingest/read/source-text.ts'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { repairCharacters } from '../../../src/ingest/repair/repair-characters.ts'
import { NO_FACTS } from '../../../src/ingest/segment/one-article.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'

const PAGE = { kind: { kind: 'newspaper', reason: '' }, facts: NO_FACTS } as const

function articles(text: string, given: Partial<Given> = {}): Article[] {
  const repaired = repairCharacters(trace(text)).text
  const segmented = segment(layOut(repaired, text), text)
  return describe(segmented, {
    name: 'page.txt',
    text,
    given: { ...NOTHING_GIVEN, ...given },
    ...PAGE,
  }).map(({ article }) => article)
}

group('paper, date and place', () => {
  test('as printed in a masthead', () => {
    const [article] = articles(`聊城晚报 2023年2月8日 星期三 A03版

本报讯（记者 李娜）2月7日，东阿县一家公司拿到首笔
“科融贷”，年利率不高于4.2%，由财政贴息。`)
    expect(article).toMatchObject({
      publication: { name: '聊城晚报', inferred: false, page: 'A03' },
      date: { value: '2023-02-08', inferred: false, printed: '2023年2月8日' },
    })
  })

  test('as its own line says, before the page', () => {
    const [article] = articles(`安阳市一季度工业增加值增长7.2%
2023-04-25 09:30 来源：安阳日报 作者：赵阳

　　4月24日，记者从安阳市统计局获悉，一季度全市规模以上工业增加值同比增长7.2%，高于全省平均水平。`)
    expect(article).toMatchObject({
      headline: '安阳市一季度工业增加值增长7.2%',
      publication: { name: '安阳日报', inferred: false },
      date: { value: '2023-04-25', inferred: false },
      place: ['河南省', '安阳市'],
      byline: { authors: ['赵阳'] },
    })
  })

  test('inferred from the whole page, with the reason', () => {
    const [, second] =
      articles(`本报讯（记者 王某）10月19日，记者从濮阳市统计局了解到，2021年，全市贷款总额为3亿元。今年以来，
全市贷款总额已达4亿元，濮阳的企业普遍受益。

本报讯（记者 李某）10月12日，清丰县仙庄镇的农户喜获丰收，
清丰县今年辣椒产量创下新高，清丰县农户收入增加。`)
    expect(second).toMatchObject({
      publication: { name: '濮阳日报', inferred: true },
      date: { value: '2022-10', printed: null, inferred: true },
      place: ['河南省', '濮阳市', '清丰县'],
    })
    expect(second?.date.reason).toContain('2021年')
  })

  test('null where nothing proves them', () => {
    const [article] = articles('本报讯（记者 张明）3月5日，我市出台稳岗十条措施，返还失业保险费。')
    expect(article).toMatchObject({
      publication: { name: null, inferred: false },
      date: { value: null, reason: null },
      place: [],
    })
  })

  test('a county that only lends a person its name is not the place', () => {
    const [article] =
      articles(`本报讯（记者 曹某）12月15日，聊城市委宣讲团成员、高唐县农业农村局干部到学校宣讲，
聊城市各学校师生听讲，全市反响热烈。`)
    expect(article?.place).toEqual(['山东省', '聊城市'])
  })
})

test('what the source gives goes before what the text says', () => {
  const given = {
    id: 'x1',
    title: '给定的标题',
    date: '2024-05-06',
    place: '濮阳市台前县',
    publication: '某报',
    url: 'https://example.org/1',
  }
  const [article] = articles('本报讯（记者 王某）某地召开会议，部署今年的重点工作任务。', given)
  expect(article).toMatchObject({
    id: 'x1',
    headline: '给定的标题',
    date: { value: '2024-05-06', inferred: false },
    place: ['河南省', '濮阳市', '台前县'],
    publication: { name: '某报', inferred: false },
    url: 'https://example.org/1',
  })
})

const SEEDS = new URL('../../../seeds/', import.meta.url)

group.each(readdirSync(SEEDS).filter((name) => name.endsWith('.txt')))('%s', (name) => {
  const source = readFileSync(new URL(name, SEEDS), 'utf8')
  const repaired = repairCharacters(trace(source)).text
  const segmented = segment(layOut(repaired, source), source)
  const described = describe(segmented, { name, text: source, given: NOTHING_GIVEN, ...PAGE })

  test('every article has the public shape, its own id and its place in the order', () => {
    for (const { article } of described) expect(() => Article.parse(article)).not.toThrow()
    expect(new Set(described.map(({ article }) => article.id)).size).toBe(described.length)
    expect(described.map(({ article }) => article.n)).toEqual(described.map((_, i) => i + 1))
  })

  test('every character of a body is the repaired source at its origin', () => {
    const at = new Map([...repaired.origin].map((origin, i) => [origin, repaired.text[i]]))
    for (const { item } of described)
      for (const { text, origin } of item.body)
        for (let i = 0; i < text.length; i++)
          if (/\S/u.test(text[i]!)) expect(at.get(origin[i]!)).toBe(text[i])
  })

  test('spans cover the text', () => {
    for (const { article, item } of described)
      for (const { text, origin } of item.body)
        for (let i = 0; i < text.length; i++)
          if (/[\p{L}\p{N}]/u.test(text[i]!))
            expect(
              article.spans.some(({ start, end }) => start <= origin[i]! && origin[i]! < end),
            ).toBe(true)
  })

  test('the same source is described alike', () => {
    expect(describe(segmented, { name, text: source, given: NOTHING_GIVEN, ...PAGE })).toEqual(
      described,
    )
  })
})
