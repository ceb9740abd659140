import { z } from 'zod'
import { type Evidenced, ModelDraft } from '../verify/draft.ts'
import { readJson } from './read-json.ts'

/** Endpoints that know no schema return numbers as text and leave out what is empty. */
const Label = z.preprocess(
  (label) => (typeof label === 'string' ? Number(/\d+/.exec(label)?.[0]) : label),
  z.int(),
)
const LooseEvidence = z.object({ label: Label, quote: z.string() })
const oneOrMany = (value: unknown) =>
  Array.isArray(value) || value == null ? (value ?? []) : [value]
export const LooseEvidenced = z.object({
  text: z.string(),
  evidence: z.preprocess(oneOrMany, z.array(LooseEvidence)),
})
const LooseDraft = z.object({
  status: ModelDraft.shape.status,
  statements: z.preprocess(oneOrMany, z.array(LooseEvidenced)),
  missing: z.preprocess((value) => oneOrMany(value === '' ? null : value), z.array(z.string())),
  premise: LooseEvidenced.nullish().transform(emptyToNull),
})

export type ReadDraft =
  | { readonly ok: true; readonly draft: ModelDraft }
  | { readonly ok: false; readonly reason: 'empty' | 'malformed'; readonly problem: string }

/** Reads what a model wrote as an answer; `problem` is Chinese, for asking again, and repeats nothing that was written. */
export function readDraft(written: string): ReadDraft {
  if (written.trim() === '') return { ok: false, reason: 'empty', problem: '输出是空的' }
  const json = readJson(written)
  if (json === undefined) return { ok: false, reason: 'malformed', problem: '不是合法的 JSON' }
  const read = LooseDraft.safeParse(json)
  if (read.success) return { ok: true, draft: read.data }
  const [issue] = read.error.issues
  const where = issue?.path.filter((part) => typeof part === 'string').join('.')
  return { ok: false, reason: 'malformed', problem: `字段不对${where ? `：${where}` : ''}` }
}

function emptyToNull(premise: Evidenced | null | undefined): Evidenced | null {
  return premise && premise.text.trim() !== '' ? premise : null
}
