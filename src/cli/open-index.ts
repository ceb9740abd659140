import { join } from 'node:path'
import type { Config } from '../config.ts'
import { rememberedIndex } from '../ingest/ledger.ts'
import type { Embed, EmbedProgress } from '../retrieval/embed.ts'
import type { EmbedQuestion } from '../retrieval/embed-question.ts'
import { openEmbeddedIndex } from '../retrieval/embedded-index.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { checkDataDirectory } from './data-directory.ts'
import { tell as toStderr } from './told.ts'

export interface OpenIndex {
  readonly index: PassageIndex
  /** The same, for writing: it embeds what is put into it, where an endpoint is set. */
  readonly written: PassageIndex
  readonly embedQuestion: EmbedQuestion | undefined
  readonly close: () => Promise<void>
}

interface Embedding {
  readonly embed: Embed
  readonly model: string
  readonly dimensions: number
  readonly close: () => void
}

type Tell = (notice: string) => void

/** Where ingest remembers what it read. */
export const ledgerFile = ({ WENCE_DATA_DIR }: Config) => join(WENCE_DATA_DIR, 'ingest.sqlite')

/** What staff corrected in how sources are read. */
export const correctionsFile = ({ WENCE_DATA_DIR }: Config) =>
  join(WENCE_DATA_DIR, 'corrections.jsonl')

/** What ingest remembers of the embedded index; the model of its vectors is no part of the file's identity. */
function remembered(config: Config) {
  const known = rememberedIndex(ledgerFile(config))
  return known && { ...known, identity: known.identity.split(' ')[0]! }
}

/**
 * Opens the index that the settings name: Qdrant or the embedded one, with vectors or without. What
 * is only for Qdrant or for embeddings is loaded only then.
 */
export async function openIndex(config: Config, tell: Tell = toStderr): Promise<OpenIndex> {
  checkDataDirectory(config.WENCE_DATA_DIR)
  const embedding = await openEmbedding(config, tell)
  const index = config.QDRANT_URL
    ? await openQdrant(config, config.QDRANT_URL, embedding, tell)
    : openEmbeddedIndex(join(config.WENCE_DATA_DIR, 'index.sqlite'), {
        onNotice: tell,
        remembered: remembered(config),
        ...(embedding && { embedding: `${embedding.model}/${embedding.dimensions}` }),
      })
  const close = async () => {
    embedding?.close()
    await index.close()
  }
  if (!embedding) return { index, written: index, embedQuestion: undefined, close }
  const { embed } = embedding
  const { createEmbedQuestion } = await import('../retrieval/embed-question.ts')
  const { withVectors } = await import('../retrieval/with-vectors.ts')
  return {
    index,
    written: withVectors(index, embed),
    embedQuestion: createEmbedQuestion({ embed }),
    close,
  }
}

async function openQdrant(
  config: Config,
  url: readonly string[],
  embedding: Embedding | undefined,
  tell: Tell,
) {
  const { openQdrantIndex } = await import('../retrieval/qdrant-index.ts')
  return openQdrantIndex(
    {
      url,
      apiKey: config.QDRANT_API_KEY,
      collection: config.QDRANT_COLLECTION,
      shards: config.QDRANT_SHARDS,
      replication: config.QDRANT_REPLICATION,
      ...(embedding && { embedding: { model: embedding.model, dimensions: embedding.dimensions } }),
    },
    { onNotice: tell },
  )
}

/** How long a start waits to hear how long the vectors are. */
const ASKED_AT_START_MS = 5_000

/**
 * The embedding endpoint, if one is set. How long its vectors are is asked of it where neither the
 * settings nor the vectors kept say so. With that unknown and the endpoint down, nothing was ever
 * embedded: words alone are searched until the next start.
 */
async function openEmbedding(config: Config, tell: Tell): Promise<Embedding | undefined> {
  const model = config.EMBEDDING_MODEL
  if (!model) return undefined
  const { createEmbed, EmbedError, PROBE } = await import('../retrieval/embed.ts')
  const { openVectorStore } = await import('../retrieval/vector-store.ts')
  const store = openVectorStore(join(config.WENCE_DATA_DIR, 'vectors.sqlite'), { onNotice: tell })
  const embed = createEmbed(
    {
      model,
      baseURL: config.EMBEDDING_BASE_URL ?? config.OPENAI_BASE_URL,
      apiKey: config.EMBEDDING_API_KEY ?? config.OPENAI_API_KEY,
      dimensions: config.EMBEDDING_DIMENSIONS,
      batch: config.EMBEDDING_BATCH,
    },
    { store, report: reportTokens(tell) },
  )
  const close = () => store.close()
  try {
    const dimensions =
      config.EMBEDDING_DIMENSIONS ??
      store.length({ model }) ??
      lengthOf(await embed([PROBE], { deadlineMs: ASKED_AT_START_MS }))
    return { embed, model, dimensions, close }
  } catch (error) {
    if (!(error instanceof EmbedError)) throw error
    close()
    tell(`${error.message} Searching by words alone.`)
    return undefined
  }
}

/** What takes no text at all fails; this one was taken. */
const lengthOf = ([vector]: readonly (Float32Array | undefined)[]) => vector!.length

/** Says now and then how many texts were embedded and what they cost. */
function reportTokens(tell: Tell) {
  const EVERY = 1000
  let told = 0
  return ({ embedded, known, tokens }: EmbedProgress) => {
    if (embedded - told < EVERY) return
    told = embedded
    tell(`Embedded ${embedded} texts, ${tokens} tokens; ${known} were known.`)
  }
}
