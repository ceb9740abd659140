import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { courtesyIn } from '../../src/answer/courteous.ts'
import { violations } from '../../src/answer/evaluate/violations.ts'
import { COURTESIES } from '../../src/retrieval/courtesy.ts'
import { openLibrary } from './library.ts'

let folder: string
let library: Awaited<ReturnType<typeof openLibrary>>
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-courteous-'))
  library = await openLibrary(folder)
})
afterAll(async () => {
  await library.close()
  await rm(folder, { recursive: true })
})

const ask = (question: string, history = [] as { question: string; answer: string }[]) =>
  library.answer({ question, history, date: '2023-06-01' })

test('a courtesy is a refusal with one notice, and the reply is its sentence alone', async () => {
  const answer = await ask('你好')
  expect(answer).toMatchObject({
    standalone: '你好',
    status: 'not_found',
    statements: [],
    citations: [],
    missing: [],
    notices: [{ kind: 'courtesy', text: answer.text, citations: [] }],
  })
  expect(answer.text).toMatch(/^您好！/)
})

test('a word alone is answered by questions that the articles answer', async () => {
  const answer = await ask('用电？')
  const readings = courtesyIn(answer)?.readings ?? []
  expect(readings).toEqual(['关于用电，《浚县小微企业用电零投资》讲了什么内容？'])
  expect(answer.text).toBe(`想了解“用电”的哪一方面？可以这样问：\n\n· ${readings[0]}`)
  const asked = await ask(readings[0]!)
  expect(asked.status).toBe('answered')
  expect(new Set(asked.citations.map(({ articleId }) => articleId))).toEqual(new Set(['power']))
})

test('a word that follows on is a question like others', async () => {
  const history = [{ question: '浚县接电几天能办好', answer: '3个工作日内办结。' }]
  const answer = await ask('那费用呢', history)
  expect(courtesyIn(answer)).toBeUndefined()
  expect(answer.standalone).toContain('接电')
  expect(answer.text).toMatch(/^按“.*费用.*”理解\n\n/)
})

test('no courtesy breaks the contract', async () => {
  for (const { entries } of COURTESIES)
    for (const { right } of entries.slice(0, 3))
      for (const message of right) expect(violations(await ask(message)), message).toEqual([])
  for (const message of ['用电？', '区块链', 'dianfei', '？？'])
    expect(violations(await ask(message)), message).toEqual([])
})
