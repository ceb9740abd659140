import { firstCharacters } from '../code-points.ts'
import type { Passage } from '../corpus.ts'
import { type Embed, EmbedError, LONGEST_TEXT } from './embed.ts'
import type { Batch, PassageIndex, Unembedded } from './passage-index.ts'

/**
 * An index that embeds what is put into it. What cannot be embedded is put without a vector, so that
 * its words are found, and told of: the next try pays only for what was not embedded.
 */
export function withVectors(index: PassageIndex, embed: Embed): PassageIndex {
  const putBatches: PassageIndex['putBatches'] = async (source, batches, before) => {
    const lacking = { passages: 0 }
    await index.putBatches(source, vectorBatches(batches, embed, lacking), before)
    return lacking.passages > 0 ? lacking : undefined
  }
  return {
    ...index,
    put: async (source, articles, passages) =>
      void (await putBatches(source, [{ articles, passages }])),
    putBatches,
  }
}

type Lacking = { -readonly [K in keyof Unembedded]: Unembedded[K] }

/**
 * How many passages are embedded in one go: a line of .jsonl is a batch of two or three, and requests
 * are to be full and several under way.
 */
const GATHERED = 200

async function* vectorBatches(
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  embed: Embed,
  lacking: Lacking,
): AsyncGenerator<Batch> {
  let gathered: Batch[] = []
  let passages = 0
  for await (const batch of batches) {
    gathered.push(batch)
    passages += batch.passages.length
    if (passages < GATHERED) continue
    yield* await embedded(gathered, embed, lacking)
    gathered = []
    passages = 0
  }
  yield* await embedded(gathered, embed, lacking)
}

async function embedded(
  batches: readonly Batch[],
  embed: Embed,
  lacking: Lacking,
): Promise<Batch[]> {
  const texts = batches.flatMap(({ passages }) => passages.map(embeddedText))
  const found = await embed(texts).catch((error: unknown) => {
    if (!(error instanceof EmbedError)) throw error
    lacking.failure = error.message
    return texts.map(() => undefined)
  })
  lacking.passages += found.filter((vector) => vector === undefined).length
  const vectors = found.values()
  return batches.map((batch) => ({
    ...batch,
    vectors: batch.passages.map(() => vectors.next().value),
  }))
}

/** What of a passage is embedded: a few sentences alone often do not say what they are about. */
function embeddedText({ part, headline, subhead, text }: Passage): string {
  const headings = part === 'head' ? [] : [headline, subhead].filter((line) => line !== null)
  if (headings.length === 0) return text
  // Sooner a long headline is cut than what it stands over.
  const room = LONGEST_TEXT - Array.from(text).length - 1
  return [firstCharacters(headings.join('\n'), room), text].filter(Boolean).join('\n')
}
