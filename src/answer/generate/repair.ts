import type { Passage } from '../../corpus.ts'
import { sentences } from '../../language/sentences.ts'
import type { Evidence, Evidenced, ModelDraft } from '../verify/draft.ts'
import { locate } from '../verify/quotes.ts'
import { unsupportedPart } from '../verify/support.ts'
import { type Rejection, type RejectionKind, verify } from '../verify/verify.ts'

/** Why a statement fell, as its writer is told. */
const REASONS: Record<RejectionKind, string> = {
  empty: '没有内容',
  no_evidence: '没有 evidence',
  unknown_label: 'label 不是段落的编号',
  short_quote: 'quote 不足 6 个字',
  quote_not_found: 'quote 不是那个段落里连续的原文',
  quote_unsure: 'quote 所在的原文有缺损，换一处',
  figure: '有数字或日期不在 quote 里，或与原文不同',
  name: '有机构、人名、地名或文件名不在 quote 里',
  negation: '否定与原文不符（多了或少了“不、未、无需、停止”等）',
  exception: '例外与原文不符（“除……外”）',
  plan: '把计划写成了事实，或相反（“拟、预计、将”）',
  past: '把过去的做法写成了现在的（“原来、过去、以前”）',
  direction: '增减、高低、先后的方向与原文不符',
  restriction: '限定与原文不符（“只、仅限”）',
  obligation: '必须与可以的分寸与原文不符',
  extent: '程度、级别或范围与原文不符（“基本、全部、省级”）',
  unsupported: '有内容在 quote 里找不到',
  status: 'status 是 not_found 时不能有 statements',
  too_long: '太长',
}

const LONGEST_QUOTED = 120

/** What is worth asking again about: statements and the premise that fell for what they say. */
export function repairable(rejected: readonly Rejection[]): Rejection[] {
  return rejected.filter(
    ({ part, kind }) =>
      (part === 'statement' || part === 'premise') && kind !== 'too_long' && kind !== 'status',
  )
}

/** The parts that fell, one a line, for asking again. */
export function problems(rejected: readonly Rejection[]): string {
  return rejected
    .map(({ part, index, text, kind, detail }) => {
      const which = part === 'premise' ? 'premise' : `statements 第 ${index + 1} 条`
      return `- ${which}“${text}”：${REASONS[kind]}（${detail}）`
    })
    .join('\n')
}

/**
 * A draft with what fell replaced by what came back: one for one where as many came back, else all at
 * the place of the first. What stands already may have come back, too.
 */
export function replaceFallen(
  draft: ModelDraft,
  rejected: readonly Rejection[],
  corrected: Pick<ModelDraft, 'statements' | 'premise'>,
): ModelDraft {
  const fallen = rejected.filter(({ part }) => part === 'statement').map(({ index }) => index)
  const standing = new Set(
    draft.statements.filter((_, i) => !fallen.includes(i)).map((s) => s.text),
  )
  const back = corrected.statements.filter(({ text }) => !standing.has(text))
  const oneForOne = back.length === fallen.length
  return {
    ...draft,
    statements: draft.statements.flatMap((statement, i) => {
      const at = fallen.indexOf(i)
      if (at < 0) return [statement]
      if (oneForOne) return [back[at]!]
      return at === 0 ? back : []
    }),
    premise: rejected.some(({ part }) => part === 'premise') ? corrected.premise : draft.premise,
  }
}

/**
 * A draft in which everything stands: a statement that fell for its wording is replaced by the sentence
 * that it quotes, and what cannot be saved goes, with its status told.
 */
export function settle(
  draft: ModelDraft,
  passages: readonly Passage[],
  question: string,
): { readonly draft: ModelDraft; readonly dropped: readonly Rejection[] } {
  const dropped = repairable(verify(draft, passages, question).rejected)
  if (dropped.length === 0) return { draft, dropped }
  const fell = new Set(dropped.filter((r) => r.part === 'statement').map(({ index }) => index))
  const stands = draft.statements.map((statement, i) =>
    fell.has(i) ? quoted(statement, passages, question) : statement,
  )
  const lost = stands.includes(undefined)
  const settled = [...new Map(stands.flatMap((s) => (s ? [[s.text, s] as const] : []))).values()]
  return {
    draft: {
      ...draft,
      status: lost && draft.status === 'answered' ? 'partial' : draft.status,
      statements: settled,
      premise: dropped.some(({ part }) => part === 'premise') ? null : draft.premise,
    },
    dropped,
  }
}

/** The sentence that a statement quotes, when it speaks of what the statement says. */
function quoted(
  { text, evidence }: Evidenced,
  passages: readonly Passage[],
  question: string,
): Evidenced | undefined {
  const whole = evidence.flatMap((e) => sentenceOf(e, passages))
  if (whole.length === 0 || whole.length < evidence.length) return undefined
  const printed = [...new Set(whole.map(({ quote }) => quote))]
  const sentence = printed.join('')
  if (Array.from(sentence).length > LONGEST_QUOTED) return undefined
  if (unsupportedPart(text, printed, [question]) !== null) return undefined
  const candidate = { text: sentence, evidence: whole }
  const alone = { status: 'answered' as const, statements: [candidate], missing: [], premise: null }
  return verify(alone, passages, question).statements.length === 1 ? candidate : undefined
}

function sentenceOf({ label, quote }: Evidence, passages: readonly Passage[]): Evidence[] {
  const passage = passages[label - 1]
  const found = passage && locate(quote, passage)
  if (!passage || found?.outcome !== 'match') return []
  const around = sentences(passage.text).filter((s) => s.start < found.end && s.end > found.start)
  const [first, last] = [around[0], around.at(-1)]
  return first && last ? [{ label, quote: passage.text.slice(first.start, last.end) }] : []
}
