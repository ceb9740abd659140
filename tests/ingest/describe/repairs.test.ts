import { expect, test } from 'vitest'
import { readText } from '../../../src/ingest/read-articles.ts'
import { plainSource } from '../../../src/ingest/read/source-text.ts'
import { fromRuns } from '../../../src/traced.ts'

const article = async (text: string) => (await readText(plainSource(text), 'a.txt')).articles[0]!

/** Each repair as [words before, what stands there, what the source prints]. */
const told = ({ text, repairs }: Awaited<ReturnType<typeof article>>) =>
  repairs.map(({ start, end, printed }) => [
    text.slice(Math.max(0, start - 2), start),
    text.slice(start, end),
    printed,
  ])

test('an article maps each of its characters to the source', async () => {
  const source = '泰山区助企纾困\n\n　　泰山区设立 2000 万元 的\n助企资金，企业可以申请。'
  const { text, runs } = await article(source)
  const places = fromRuns(runs)
  expect(places).toHaveLength(text.length)
  // What joins two lines has no character of its own.
  expect([...places].map((at, i) => (text[i] === '\n' ? '\n' : source[at])).join('')).toBe(text)
})

test('what repair replaced or dropped is told with what the source prints, neighbours as one', async () => {
  const read = await article(
    '泰山区助企纾困\n\n泰山区设立２０万元的助企资金，企业可以&#x7533;请，凭营业执照到服务大厅办理。',
  )
  expect(read.text).toContain('设立20万元')
  expect(told(read)).toEqual([
    ['设立', '20', '２０'],
    ['可以', '申', '&#x7533;'],
  ])
})

test('spaces, broken lines and what interrupts an article are no repairs', async () => {
  const page = `# 助企纾困

本报讯（记者 王某）泰山区设立 20 万元的
助企资金，企业可以申请。

泰山日报 2023年2月8日 A03版

# 用水报装

本报讯（记者 李某）泰山区企业用水报装，当天办结，
不收取任何费用。`
  const { articles } = await readText(plainSource(page), 'a.txt')
  expect(articles.length).toBeGreaterThan(1)
  expect(articles.flatMap((each) => told(each))).toEqual([])
})

test('a page takes no more room for its repairs than they need', async () => {
  const body = '企业可以凭营业执照到服务大厅申请资金，当天办结，不收取任何费用。'.repeat(50)
  const { runs, repairs } = await article(`泰山区助企纾困\n\n${body}`)
  expect(runs).toHaveLength(1)
  expect(repairs).toEqual([])
})
