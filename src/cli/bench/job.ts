/** What the halves of `npm run bench` say to each other. */
import { z } from 'zod'

export const Job = z.object({
  do: z.enum(['build', 'serve']),
  /** The folder that is read. */
  corpus: z.string(),
  /** Where the embedded index lies, and what ingest remembers. */
  folder: z.string(),
  /** The address of the Qdrant that is measured; none for the embedded index. */
  qdrant: z.string().optional(),
  shards: z.int(),
  vectors: z.boolean(),
  questions: z.int(),
})
export type Job = z.infer<typeof Job>

/** Milliseconds. */
const Times = z.object({ p50: z.number(), p95: z.number() })

export const Asked = z.object({
  /** The very first, which opens what is read. */
  firstMs: z.number(),
  retrieval: Times,
  answer: Times,
  /** Sent to Qdrant for one retrieval and for one answer, on average. */
  requests: z.object({ retrieval: z.number(), answer: z.number() }),
  answered: z.number(),
  /** Of each question the ten best passages. */
  rankings: z.array(z.array(z.string())),
})
export type Asked = z.infer<typeof Asked>

export const Built = z.object({
  passages: z.number(),
  /** Files that could not be read, as on a machine that stood still. */
  failed: z.number(),
  buildS: z.number(),
  /** Of it on a core, without the processes that read: what others do on the machine does not count. */
  cpuS: z.number(),
  buildMb: z.number(),
})
export type Built = z.infer<typeof Built>

export const Served = z.object({
  words: Asked,
  vectors: Asked.optional(),
  /** Seconds that the list of all articles takes, as the web pages read it. */
  listS: z.number(),
  serveMb: z.number(),
})

export type Served = z.infer<typeof Served>
