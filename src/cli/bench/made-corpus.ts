import { createWriteStream, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { repairedText } from '../../ingest/repaired.ts'
import { sentences } from '../../language/sentences.ts'
import { SEEDS } from '../seeds-folder.ts'

const ARTICLE_BYTES = 2000

/** Writes a file of articles of some 2 KB, made of the seeds' sentences, put together anew; the same ones for the same seed. */
export async function writeCorpus(file: string, articles: number, seed = 1): Promise<void> {
  const random = seeded(seed)
  const texts = corpusSentences()
  const pick = () => texts[Math.floor(random() * texts.length)]!
  const out = createWriteStream(file)
  for (let i = 0; i < articles; i++) {
    let text = ''
    while (Buffer.byteLength(text) < ARTICLE_BYTES) text += pick()
    const date = `20${20 + (i % 5)}-0${1 + (i % 9)}-15`
    out.write(
      `${JSON.stringify({ id: `made-${seed}-${i}`, title: pick().slice(0, 20), text, date, place: '濮阳市' })}\n`,
    )
  }
  await finished(out.end())
}

/** The sentences of the seeds, 200 characters of each at most. */
export function corpusSentences(): string[] {
  return readdirSync(SEEDS).flatMap((name) => {
    const text = repairedText(readFileSync(join(SEEDS, name), 'utf8'))
    return sentences(text).map(({ start, end }) => text.slice(start, Math.min(end, start + 200)))
  })
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
