import { closest, placed } from './align-clauses.ts'
import { clauses } from './clauses.ts'
import { bigrams } from '../../language/content.ts'
import type { PolarityProblem } from './polarity-problem.ts'

/** 将 that means a plan; 将 that only takes an object (将…纳入) is read past. */
const TAKES_OBJECT =
  /将(?=[^，。；]{1,24}(?:纳入|列入|列为|作为|视为|转化为|转变为|变为|变成|打造成|打造为|建成|用于|延长|移交|布局|推向|置于|引入|带到|送到|摆在))/gu
const PLANNED =
  /即将|必将|将(?=[于在会要继进不全利充成形实达建投新按有开推以通优逐坚重统持加大力与同为给从着扩提组启完举召出发迎获由积努对])|拟(?![人定])|计划(?!生育|单列|体系|》)|预计|力争|有望|争取|下一步|今后|打算|筹备|谋划|目标[是为]|到20\d\d年|明年|年底前|建议|应(?=[在当进加按以])|要(?=[抓加推充发深坚以])/u
/** What opens a sentence about what is to come, to its end. */
const OPENS_PLAN = /(?:^|[，,：:“"])(?:下一步|今后|未来|接下来|明年|下半年|下阶段)/u
/** What opens a sentence about how things were; 过去五年 is a time that lasts. */
const OPENS_PAST =
  /(?:^|[，,：:“"])(?:原来|过去|以前|此前|原先|从前|以往)(?![的一二两三四五六七八九十几\d])/u
const NOW = /现在|如今|目前|眼下|今年|而今/u
const TELLS_PAST = /原|过去|以前|此前|从前|以往|曾|当时|旧|去年|年/u
const UNDERWAY = /正在|在建|尚未|未投入使用|抓紧/u
const DONE = /已经|已(?!成为常态)|建成|建立了|完成|投产|投用|竣工|落地|实现了|达到了|设立了|出台了/u

/** What is done once and for all. */
const DEED = /建成|投产|投用|竣工|完工|启用|开通/gu

/** What the quote plans and the text says is done, or the other way round. */
export function checkPlan(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const printed = placed(evidence)
  return clauses(statement).flatMap((clause): PolarityProblem[] => {
    const whole = statement.slice(clause.sentence.start, clause.sentence.end)
    const deed = planned(whole) ? undefined : plannedDeed(clause.text, evidence)
    if (deed) return [{ kind: 'plan', detail: `the quote only plans it: "${deed}"` }]
    const grams = bigrams(clause.text)
    const best = closest(grams, printed)
    if (!best || best.shared < 2 || best.shared * 3 < grams.size) return []
    const before = best.clause.of.slice(best.clause.sentence.start, best.clause.start)
    const around = statement.slice(clause.sentence.start, clause.sentence.end)
    const told = before + best.clause.text
    if (OPENS_PAST.test(told) && !NOW.test(told) && !TELLS_PAST.test(around)) {
      return [{ kind: 'past', detail: `the quote says it was so once: "${told}"` }]
    }
    const isPlan =
      planned(best.clause.text) ||
      OPENS_PLAN.test(before) ||
      (/^(?:并|再|还|逐步)/u.test(best.clause.text) && planned(before))
    if (
      isPlan &&
      !planned(around) &&
      !(/已/u.test(best.clause.text) && !planned(best.clause.text))
    ) {
      return [
        {
          kind: 'plan',
          detail: `the quote only plans it: "${before}${best.clause.text}"`,
        },
      ]
    }
    if (
      planned(best.clause.text) &&
      /已经?(?!知)/u.test(clause.text) &&
      !/已/u.test(best.clause.text)
    ) {
      return [{ kind: 'plan', detail: `the quote only plans it: "${best.clause.text}"` }]
    }
    if (
      !isPlan &&
      planned(clause.text) &&
      DONE.test(best.clause.text) &&
      !planned(best.clause.of)
    ) {
      return [{ kind: 'plan', detail: `the quote says it is done: "${best.clause.text}"` }]
    }
    if (
      UNDERWAY.test(best.clause.text) &&
      DONE.test(clause.text) &&
      !DONE.test(best.clause.text) &&
      !UNDERWAY.test(clause.text)
    ) {
      return [{ kind: 'plan', detail: `the quote says it is under way: "${best.clause.text}"` }]
    }
    return []
  })
}

/** The clause that plans what a text tells as done, where the quotes speak of that deed in plans alone. */
function plannedDeed(text: string, evidence: readonly string[]): string | undefined {
  for (const [deed] of text.matchAll(DEED)) {
    const told = evidence.flatMap((quote) => clauses(quote)).filter((c) => c.text.includes(deed))
    const [first] = told
    if (first && told.every((c) => planned(c.text) && !/已/u.test(c.text))) return first.text
  }
  return undefined
}

const planned = (text: string) => PLANNED.test(text.replaceAll(TAKES_OBJECT, '把'))
