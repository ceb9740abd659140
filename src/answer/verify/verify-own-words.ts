import type { Citation, Passage } from '../../corpus.ts'
import { checkFigures } from './check-figures.ts'
import type { Cited } from './check-figures.ts'
import type { DraftNotice } from './draft.ts'
import { isOfficial, unknownNames } from '../../language/names.ts'
import { LONGEST_TEXT } from './limits.ts'
import { neutralise } from './neutralise.ts'
import { fail } from './outcome.ts'
import type { Outcome } from './outcome.ts'
import { citedAt, findAll, metadata } from './place.ts'
import { unsupportedPart } from './support.ts'
import { verifyEvidenced } from './verify-evidenced.ts'

const MISSING_LIMIT = 60

/** A notice is the program's own sentence: it needs no quote, but brings in nothing of its own. */
export function verifyNotice(
  notice: DraftNotice,
  passages: readonly Passage[],
  question: string,
): Outcome {
  if (notice.kind === 'conflict') return verifyEvidenced(notice, passages, question)
  if (notice.text.length > LONGEST_TEXT)
    return fail('too_long', `longer than ${LONGEST_TEXT} characters`)
  const text = neutralise(notice.text)
  if (text === '') return fail('empty', 'the text is empty')
  const found = findAll(notice.evidence, passages)
  if (!found.ok) return found
  const { places } = found
  const around = places.flatMap((p) => metadata(p.passage))
  const own = ownNames(text, [...places.map(citedAt), asked(question)], [...around, question])
  return own === null ? { ok: true, text, places, rewritten: [] } : own
}

/** What is missing was asked for: it names nothing that the question or a cited quote does not. */
export function verifyMissing(
  written: string,
  citations: readonly Citation[],
  question: string,
): Outcome {
  if (written.length > LONGEST_TEXT)
    return fail('too_long', `longer than ${LONGEST_TEXT} characters`)
  const text = neutralise(written)
  if (!/[\p{L}\p{N}]/u.test(text)) return fail('empty', 'the text is empty')
  if (Array.from(text).length > MISSING_LIMIT)
    return fail('too_long', `longer than ${MISSING_LIMIT} characters`)
  const quotes = citations.map((c) => ({ quote: c.quote, date: { value: null } }))
  const own = ownNames(text, [...quotes, asked(question)], [])
  if (own) return own
  const plain = text.replaceAll(META, '')
  const claim = CLAIM.exec(plain)
  if (claim && !question.includes(claim[0])) {
    return fail('unsupported', `"${claim[0]}" states something; missing only names what was asked`)
  }
  const part = unsupportedPart(plain, [question, ...citations.map((c) => c.quote)], [MISSING_WORDS])
  return part === null
    ? { ok: true, text, places: [], rewritten: [] }
    : fail('unsupported', `"${part}" was not asked`)
}

/** The frame in which something is said to be missing. */
const META =
  /(?:(?:这些|所给|收录的|提供的)?(?:报道|文章|材料|资料|原文|段落|新闻)(?:中|里)?)?(?:均|都|并|也|尚)?(?:没有?|未|未曾|不曾)(?:明确)?(?:提及|提到|说明|说|写明|写|给出|涉及|列出|公布|披露|介绍|找到|交代|回答|指明|透露)(?:过|到)?/gu
/** Words with which a sentence states a fact. */
const CLAIM =
  /已经?(?!知)|将(?=[于在会])|取消|停止|废止|暂停|失效|必须|不得|无需|不用|不需要|免费|免收|应当|没有|不再|不能|禁止|规定|要求|提高到|降低到|改为|调整为|可以(?!办|申|享|领|用)/u
const MISSING_WORDS =
  '具体时间地点流程材料条件标准金额电话地址联系方式期限范围对象部门办法名单数量比例原因结果其他地区年份何时哪里多少如何是否怎样细则'

function ownNames(
  text: string,
  cited: readonly Cited[],
  around: readonly string[],
): Outcome | null {
  const { unsupported } = checkFigures(text, cited)
  if (unsupported.length > 0) {
    return fail(
      'figure',
      `${unsupported.join(', ')} is neither in the question nor in a cited quote`,
    )
  }
  const known = [...cited.map((c) => c.quote), ...around]
  const name = unknownNames(text, known).find(
    (n) => isOfficial(n) || n.kind === 'quoted' || n.kind === 'place',
  )
  return name
    ? fail(
        'name',
        `the ${name.kind} "${name.text}" is neither in the question nor in a cited quote`,
      )
    : null
}

const asked = (question: string): Cited => ({ quote: question, date: { value: null } })
