import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Item } from '../../../src/ingest/item.ts'
import { layOut } from '../../../src/ingest/layout/lay-out.ts'
import { readText } from '../../../src/ingest/read-articles.ts'
import { plainSource } from '../../../src/ingest/read/source-text.ts'
import { repairCharacters } from '../../../src/ingest/repair/repair-characters.ts'
import { segment } from '../../../src/ingest/segment/segment.ts'
import { trace } from '../../../src/traced.ts'
import type { Traced } from '../../../src/traced.ts'

const SEEDS = new URL('../../../seeds/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, SEEDS), 'utf8')
const seeds = readdirSync(SEEDS).filter((name) => name.endsWith('.txt'))

const partsOf = ({ headline, kicker, subtitle, section, credits, body }: Item): Traced[] =>
  [headline, kicker, subtitle, section, ...credits, ...body].filter((part) => part !== null)

/** How often each place of the source that is not white space was used. */
function countUses(parts: readonly Traced[]): Map<number, number> {
  const uses = new Map<number, number>()
  for (const { text, origin } of parts)
    for (let i = 0; i < text.length; i++)
      if (/\S/u.test(text[i]!)) uses.set(origin[i]!, (uses.get(origin[i]!) ?? 0) + 1)
  return uses
}

test.each(seeds)('every character of %s is in one item or in named furniture', (name) => {
  const source = read(name)
  const repaired = repairCharacters(trace(source)).text
  const { items, furniture } = segment(layOut(repaired, source), source)
  const tables = countUses(items.filter(({ kind }) => kind === 'table').flatMap(partsOf))
  const rest = countUses([
    ...items.filter(({ kind }) => kind !== 'table').flatMap(partsOf),
    ...furniture.map(({ text }) => text),
  ])

  const lost: string[] = []
  const twice: string[] = []
  for (let i = 0; i < repaired.text.length; i++) {
    const at = repaired.origin[i]!
    const character = repaired.text[i]!
    if (!/\S/u.test(character) || /[#*]/u.test(character)) continue
    const uses = (rest.get(at) ?? 0) + (tables.has(at) ? 1 : 0)
    if (uses === 0) lost.push(repaired.text.slice(i, i + 12))
    if (uses > 1) twice.push(repaired.text.slice(i, i + 12))
  }
  expect(lost).toEqual([])
  expect(twice).toEqual([])
})

/** What pages are made of, in any order: leads, prose, headlines, credits, tables, marks. */
const piece = fc.constantFrom(
  '本报讯（记者 王某）9月8日，市商务局召开座谈会，\n企业负责人提出意见建议，现场解决\n问题六个。',
  '清晨五点，大棚里的灯就亮了，种植户\n忙着采摘蘑菇，装上冷链车。 本报记者 李某',
  '这是一段没有说完的话，成功签约南',
  ' 方某项目，计划明年建成投产。',
  '蘑菇撑开致富伞',
  '座谈会\n现场解决问题',
  '■ 专题调研组一',
  '（王某 李某）',
  '一、发展现状',
  '责任编辑：张某',
  '调研组成员：\n张 某 市某局局长\n李某某 市某局\n科长',
  '表一：指标\n序号 指标 2023年\n1 数量 742家\n2 增速 3.0%',
  '| 县 | 里程 |\n| --- | --- |\n| 甲县 | 120 |',
  '## 标题\n\n正文。',
  '▲图为现场。刘某 摄',
  '21\n\n2024.6',
  '公告\n停电一天。\n某某公司\n2023年9月6日',
  '世\n纪\n景\n苑\n\n本\n报\n记\n者\n\n王\n某',
)

test('nor is any of a page put together at random', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const source = pieces.join('\n\n')
      const { items, furniture } = segment(layOut(trace(source), source), source)
      const uses = countUses([...items.flatMap(partsOf), ...furniture.map(({ text }) => text)])
      const lost = source
        .split('')
        .filter((character, at) => /[\p{L}\p{N}]/u.test(character) && !uses.has(at))
      expect(lost.join('')).toBe('')
    }),
    { numRuns: 1000 },
  )
})

test('nor is a text refused that has more lines than a call takes arguments', async () => {
  const lines = Array.from({ length: 150_000 }, (_, i) => `市里第${i}家企业投产。\n`)
  const { articles } = await readText(plainSource(lines.join('')), 'long.txt')
  expect(articles.map(({ text }) => text.match(/投产/gu)?.length)).toEqual([150_000])
})
