import type { Passage } from '../corpus.ts'
import type { Embed } from './embed.ts'
import type { Batch, PassageIndex } from './passage-index.ts'

/**
 * An index that embeds what is put into it. A source whose texts cannot be embedded is not put at
 * all: what was there of it stays, and what was paid for is kept for the next try.
 */
export function withVectors(index: PassageIndex, embed: Embed): PassageIndex {
  return {
    ...index,
    put: (source, articles, passages) =>
      index.putBatches(source, vectorBatches([{ articles, passages }], embed)),
    putBatches: (source, batches, before) =>
      index.putBatches(source, vectorBatches(batches, embed), before),
  }
}

/**
 * How many passages are embedded in one go: a line of .jsonl is a batch of two or three, and requests
 * are to be full and several under way.
 */
const GATHERED = 200

async function* vectorBatches(
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  embed: Embed,
): AsyncGenerator<Batch> {
  let gathered: Batch[] = []
  let passages = 0
  for await (const batch of batches) {
    gathered.push(batch)
    passages += batch.passages.length
    if (passages < GATHERED) continue
    yield* await embedded(gathered, embed)
    gathered = []
    passages = 0
  }
  yield* await embedded(gathered, embed)
}

async function embedded(batches: readonly Batch[], embed: Embed): Promise<Batch[]> {
  const texts = batches.map(({ passages }) => passages.map(embeddedText))
  const vectors = (await embed(texts.flat())).values()
  return batches.map((batch) => ({
    ...batch,
    vectors: batch.passages.map(() => vectors.next().value),
  }))
}

/** What of a passage is embedded: a few sentences alone often do not say what they are about. */
function embeddedText({ part, headline, subhead, text }: Passage): string {
  const headings = part === 'head' ? [] : [headline, subhead]
  return [...headings, text].filter((line) => line !== null).join('\n')
}
