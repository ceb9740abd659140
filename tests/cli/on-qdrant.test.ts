import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStores, openWence } from '../../src/cli/open.ts'
import { type Config, parseConfig } from '../../src/config.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { startQdrant } from '../support/qdrant.ts'
import { newCollection, realQdrant } from '../support/real-qdrant.ts'
import { tempFolder } from '../support/temp.ts'

const POWER = '灯塔市供电公司介绍，企业用电报装材料齐全的，一个工作日内办结，不收取报装费用。'
const LOANS = '辽阳市今年已有26家企业用专利质押贷款2.1亿元，单笔最高3000万元。'
const JOBS = '海城市对吸纳就业的小微企业发放一次性补贴，每人1000元。'

type Wence = Awaited<ReturnType<typeof openWence>>

const QUESTIONS = ['企业用电报装要交钱吗？', '专利质押贷款单笔最高多少？', '吸纳就业有补贴吗？']

const written = (title: string, text: string, place: string) =>
  JSON.stringify({ title, text, place, date: '2023-05-04', publication: '灯塔日报' })

async function reading(config: Config, folder: string) {
  const stores = await openStores(config)
  const outcomes = await ingest([folder], { ...stores, report: () => {} })
  await stores.close()
  return outcomes.map(({ status }) => status)
}

/** What somebody sees who asks while ingest goes on: answers, passages in their order, the list. */
async function seen({ answer, rank, index }: Wence) {
  await index.state()
  const answers = []
  for (const question of QUESTIONS) {
    const { text, status } = await answer({ question, date: '2023-06-01' })
    const { results } = await rank({ question }, 5)
    answers.push({ text, status, passages: results.map(({ passageId }) => passageId) })
  }
  return { answers, ids: (await Array.fromAsync(index.articles())).map(({ id }) => id) }
}

async function isAsTheEmbeddedIndex(given: {
  url: string
  collection: string
  apiKey?: string | undefined
}) {
  const folder = join(tempFolder(), 'papers')
  mkdirSync(folder)
  const file = (name: string) => join(folder, name)
  writeFileSync(file('a.jsonl'), written('用电报装一天办结', POWER, '灯塔市'))
  writeFileSync(file('b.jsonl'), written('专利质押贷款超过两亿元', LOANS, '辽阳市'))
  const configs = [
    parseConfig({ WENCE_DATA_DIR: tempFolder() }),
    parseConfig({
      WENCE_DATA_DIR: tempFolder(),
      QDRANT_URL: given.url,
      QDRANT_COLLECTION: given.collection,
      QDRANT_API_KEY: given.apiKey,
    }),
  ]
  const ofBoth = async <T, R>(all: readonly T[], look: (one: T) => Promise<R>) => {
    const [embedded, qdrant] = [await look(all[0]!), await look(all[1]!)]
    expect(qdrant).toEqual(embedded)
    return embedded
  }
  const read = () => ofBoth(configs, (config) => reading(config, folder))

  await read()
  const wences = [await openWence(configs[0]!), await openWence(configs[1]!)]
  onTestFinished(async () => {
    for (const wence of wences) await wence.close()
  })
  const first = await ofBoth(wences, seen)
  expect(first.answers.map(({ status }) => status)).toEqual(['answered', 'answered', 'not_found'])
  expect(await read()).toEqual(['unchanged', 'unchanged'])
  // Changed, gone and new.
  writeFileSync(
    file('a.jsonl'),
    written('用电报装半天办结', POWER.replace('一个', '半个'), '灯塔市'),
  )
  rmSync(file('b.jsonl'))
  writeFileSync(file('c.jsonl'), written('吸纳就业发补贴', JOBS, '海城市'))
  await read()
  const { answers } = await ofBoth(wences, seen)
  expect(answers[0]!.text).toContain('半个工作日')
  expect(answers.map(({ status }) => status)).toEqual(['answered', 'not_found', 'answered'])
}

describe('what is read, changed and taken out is seen as in the embedded index', () => {
  test('on a small Qdrant in memory', async () => {
    const { url } = await startQdrant()
    await isAsTheEmbeddedIndex({ url, collection: 'wence' })
  }, 300_000)

  test.skipIf(!realQdrant)('on a real Qdrant', () => isAsTheEmbeddedIndex(newCollection()), 300_000)
})
