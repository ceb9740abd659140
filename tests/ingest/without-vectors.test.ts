import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ingestReport, outcomeLine } from '../../src/cli/ingest-report.ts'
import { ingest } from '../../src/ingest/ingest.ts'
import { openLedger } from '../../src/ingest/ledger.ts'
import { openReaders } from '../../src/ingest/reading/open-readers.ts'
import { createEmbed } from '../../src/retrieval/embed.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { openVectorStore } from '../../src/retrieval/vector-store.ts'
import { withVectors } from '../../src/retrieval/with-vectors.ts'
import { type Reply, json, modelEndpoint } from '../support/model-endpoint.ts'
import { tempFolder } from '../support/temp.ts'

const news = (town: string) =>
  `${town}减免水费\n\n本报讯（记者 王某）3月2日，${town}镇向县报介绍，今年镇里为${town}街120家小店减免水费，最高减300元，不用申请，次月到账。`

const DOWN = json({ error: { message: 'no' } }, 401)

// A process takes longer to start than these files to read.
const readers = openReaders('articles', { size: 1 })
afterAll(() => readers.close())

/** Pages of two towns, and an embedding endpoint that does so with each request for texts. */
async function open(reply: (texts: string[]) => Reply | undefined) {
  const folder = tempFolder()
  const data = tempFolder()
  for (const town of ['甲河', '乙山']) writeFileSync(join(folder, `${town}.txt`), news(town))
  const embedded: string[] = []
  const { baseURL, asked } = await modelEndpoint(({ body }) => {
    const texts = Array.isArray(body['input']) ? body['input'].map(String) : []
    const refused = reply(texts)
    if (refused) return refused
    embedded.push(...texts)
    return json({ data: texts.map((_, index) => ({ index, embedding: [1, index] })) })
  })
  const store = openVectorStore(join(data, 'vectors.sqlite'))
  const plain = openEmbeddedIndex(join(data, 'index.sqlite'))
  const ledger = openLedger(join(data, 'ingest.sqlite'), await plain.identity())
  onTestFinished(async () => {
    store.close()
    ledger.close()
    await plain.close()
  })
  /** Another run: what the endpoint did to the last is not remembered. */
  const run = async (path: string) => {
    const embed = createEmbed({ model: 'm', baseURL, maxRetries: 0 }, { store })
    return ingest([path], { index: withVectors(plain, embed), ledger, readers })
  }
  const vectors = async () => {
    const { hits } = await plain.search(
      { text: '', terms: [], vector: new Float32Array([1, 0]) },
      100,
    )
    return hits.length
  }
  return { folder, run, vectors, asked, embedded }
}

test('while the endpoint is down files are read, told of, and mended by the next ingest', async () => {
  let isDown = true
  const { folder, run, vectors } = await open(() => (isDown ? DOWN : undefined))
  const first = await run(folder)
  expect(first.map(({ status }) => status)).toEqual(['new', 'new'])
  expect(await vectors()).toBe(0)
  expect(outcomeLine(first[0]!)).toMatch(/^✓ .*, \d+ without a vector$/)
  expect(ingestReport(first, 0)).toMatch(
    /✗ \d+ passages without a vector, found by words alone: .*the key was refused.* The next ingest tries again\./,
  )
  isDown = false
  // Also by one of other files.
  const second = await run(join(folder, '甲河.txt'))
  expect(second.map(({ status }) => status)).toEqual(['changed', 'changed'])
  expect(await vectors()).toBeGreaterThan(3)
  expect(ingestReport(second, 0)).not.toContain('without')
  expect((await run(folder)).map(({ status }) => status)).toEqual(['unchanged', 'unchanged'])
})

test.each<[string, Reply, number]>([
  ['inspected', json({ error: { code: 'data_inspection_failed' } }, 400), 2],
  ['longer than 512 tokens', json({ error: 'inputs must have less than 512 tokens' }, 413), 2],
  ['NaN in the midst of the model', json({ error: 'unsupported value: NaN' }, 500), 3],
])(
  'a text that is %s goes without, and it alone is asked for the next time',
  async (_, no, again) => {
    let refuses = true
    const { folder, run, vectors, embedded, asked } = await open((texts) =>
      refuses && texts.some((text) => text.includes('乙山镇')) ? no : undefined,
    )
    const first = await run(folder)
    expect(first.flatMap((one) => ('unembedded' in one ? [one.unembedded] : []))).toEqual([
      { passages: 1 },
    ])
    const all = await vectors()
    const paid = embedded.length
    const calls = asked.length
    await run(folder)
    // The text, and one that is asked for to see whether it is the model, and whether it is the endpoint.
    expect(asked.length - calls).toBe(again)
    expect(embedded.length - paid).toBe(again - 1)
    refuses = false
    expect((await run(folder)).map(({ status }) => status).toSorted()).toEqual([
      'changed',
      'unchanged',
    ])
    expect(await vectors()).toBe(all + 1)
  },
)
