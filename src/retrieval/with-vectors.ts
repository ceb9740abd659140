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
    putBatches: (source, batches) => index.putBatches(source, vectorBatches(batches, embed)),
  }
}

async function* vectorBatches(
  batches: AsyncIterable<Batch> | Iterable<Batch>,
  embed: Embed,
): AsyncGenerator<Batch> {
  for await (const batch of batches) {
    yield { ...batch, vectors: await embed(batch.passages.map(embeddedText)) }
  }
}

/** What of a passage is embedded: a few sentences alone often do not say what they are about. */
function embeddedText({ part, headline, subhead, text }: Passage): string {
  const headings = part === 'head' ? [] : [headline, subhead]
  return [...headings, text].filter((line) => line !== null).join('\n')
}
