import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createAnswerNews } from '../../../src/answer/answer-news.ts'
import { createPickByWeights } from '../../../src/answer/pick/learned/pick.ts'
import { createArrivals } from '../../../src/conversation/arrivals.ts'
import { lookAtArrivals } from '../../../src/conversation/watch-arrivals.ts'
import { createEmbed } from '../../../src/retrieval/embed.ts'
import { openVectorStore } from '../../../src/retrieval/vector-store.ts'
import { withVectors } from '../../../src/retrieval/with-vectors.ts'
import { openSmall } from '../../stores/open.ts'
import { followed } from '../../stores/following.ts'
import { json, modelEndpoint } from '../../support/model-endpoint.ts'
import { tempFolder } from '../../support/temp.ts'
import { watching } from '../../support/watching.ts'

vi.setConfig({ testTimeout: 120_000 })

const news = (what: string) =>
  `# ${what}给予贴息\n\n2026年11月20日，濮阳市对${what}给予贴息，每家企业每年最高二十万元，当天办结。\n`

test('an endpoint that does not embed is told once, and asked again until it does', async () => {
  const folder = tempFolder()
  for (const what of ['专利质押贷款', '仓单质押贷款'])
    writeFileSync(join(folder, `${what}.txt`), news(what))
  let isDown = true
  let refused = 0
  const { baseURL } = await modelEndpoint(({ body }) => {
    if (isDown) refused += 1
    if (isDown) return json({ error: { message: 'no' } }, 401)
    const texts = Array.isArray(body['input']) ? body['input'] : []
    return json({ data: texts.map((_, index) => ({ index, embedding: [1, index] })) })
  })
  const store = openVectorStore(join(tempFolder(), 'vectors.sqlite'))
  onTestFinished(() => store.close())
  const embed = () => createEmbed({ model: 'm', baseURL, maxRetries: 0 }, { store })
  const { until, said, sources, state, ledger } = await watching([folder], {
    written: (index) => ({
      ...index,
      // Another run: what the endpoint did to the last is not remembered.
      putBatches: (...given) => withVectors(index, embed()).putBatches(...given),
    }),
  })
  await until(async () => (await sources()).length === 2)
  await until(() => state().trouble !== null)
  // After both files were read it tries again.
  await until(() => refused > 4)
  const troubles = () => said.filter((line) => line.includes('found by its words alone'))
  expect(troubles().length).toBe(1)
  isDown = false
  await until(() => state().trouble === null)
  await until(() => ledger.entries().every(({ digest }) => !digest.endsWith('+unembedded')))
  expect(troubles().length).toBe(1)
})

test('who follows a matter is told of what was put into a watched folder, once', async () => {
  const folder = tempFolder()
  writeFileSync(join(folder, 'a.txt'), '柳河镇的水管修好了，居民可以照常用水。\n')
  const { until, sources, index, outcomes } = await watching([folder])
  const passages = (id: string) => index.passages(id)
  const answerNews = createAnswerNews({ index, passages, pickByWords: createPickByWeights() })
  const { follows } = (await openSmall()).state
  const arrivals = createArrivals({ index, answerNews })
  const now = () => Date.parse('2026-11-26T12:00:00+08:00')
  const look = async () => lookAtArrivals({ arrivals, follows, now }, await index.state())
  await until(async () => (await sources()).length === 1)
  await follows.add(followed('f', { topic: '专利质押贷款' }), 1)
  await look()
  writeFileSync(join(folder, 'b.txt'), news('专利质押贷款'))
  await until(async () => (await sources()).length === 2)
  expect(await look()).toEqual({ articles: 1, follows: 1 })
  // Saved anew it is the same.
  writeFileSync(join(folder, 'b.txt'), `${news('专利质押贷款')}\n`)
  await until(() => outcomes.some(({ status }) => status === 'changed'))
  expect(await look()).toEqual({ articles: 0, follows: 0 })
})
