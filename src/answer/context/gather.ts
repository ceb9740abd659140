import type { Passage } from '../../corpus.ts'
import { placesNamed, related } from '../../language/places.ts'
import type { Understood } from '../../retrieval/understand.ts'
import type { Context } from './context.ts'
import { numberPieces } from './number-pieces.ts'

export interface GatherDeps {
  /** An article's passages in reading order, its head first. */
  readonly passages: (articleId: string) => Promise<readonly Passage[]>
  /** How many characters of articles there may be. */
  readonly budget?: number
}

/** What a question says of where and when, by which passages stay out. */
export type Scope = Pick<Understood, 'places' | 'years'>

/**
 * Characters. The whole evidence is within 3,000 / 4,000 / 4,600 / 6,000 for 119 / 122 / 124 / 124 of 134
 * questions by other hands (`tests/answer/fixtures/unseen.jsonl`), for 181 / 183 / 184 / 184 of our own 190.
 */
const BUDGET = 4600
/** Of an article's neighbours, so many characters at most make a passage whole. */
const NEIGHBOUR = 120

/**
 * What an answer is picked from: of the passages found, best first, as many as the budget holds, with
 * their articles' heads and what makes them whole; article by article, in reading order.
 */
export async function gather(
  ranked: readonly Passage[],
  scope: Scope,
  { passages, budget = BUDGET }: GatherDeps,
): Promise<Context> {
  const chosen = new Map<
    string,
    { readonly all: readonly Passage[]; readonly numbers: Set<number> }
  >()
  const ids = [...new Set(ranked.map(({ articleId }) => articleId))]
  // All at once: an index on another machine answers for all in one go.
  const whole = new Map(await Promise.all(ids.map(async (id) => [id, await passages(id)] as const)))
  let length = 0
  for (const passage of ranked) {
    let article = chosen.get(passage.articleId)
    const all = whole.get(passage.articleId)!
    if (excluded(passage, all, scope)) continue
    const wanted = neighbours(passage, all).filter(({ n }) => !article?.numbers.has(n))
    const more = wanted.reduce((sum, { text }) => sum + text.length, 0)
    if (length > 0 && length + more > budget) continue
    length += more
    if (!article) chosen.set(passage.articleId, (article = { all, numbers: new Set() }))
    for (const { n } of wanted) article.numbers.add(n)
  }
  return numberPieces(
    [...chosen.values()].map(({ all, numbers }) => all.filter(({ n }) => numbers.has(n))),
    ({ articleId, n }) => sectionAt(n, chosen.get(articleId)!.all),
  )
}

/** 三、对策建议; the headings below it count otherwise: （一）. */
const SECTION = /^[一二三四五六七八九十]{1,2}、/u

/** The last heading of the upper rank before a passage. */
function sectionAt(n: number, all: readonly Passage[]): string | null {
  const heads = all.filter((passage) => passage.n <= n).map(({ subhead }) => subhead)
  return heads.findLast((head) => head !== null && SECTION.test(head)) ?? null
}

/** A passage, its article's head, and what is short enough beside it. */
function neighbours(passage: Passage, all: readonly Passage[]): readonly Passage[] {
  const at = all.findIndex(({ id }) => id === passage.id)
  if (at < 0) return [passage]
  return all.filter(
    (other, i) =>
      i === at ||
      (other.part === 'head' && other.text.length <= NEIGHBOUR) ||
      (Math.abs(i - at) === 1 &&
        other.subhead === passage.subhead &&
        other.text.length <= NEIGHBOUR),
  )
}

/** Of another place than the one asked about, which the article never names; or printed before the year asked about. */
function excluded(
  { place, date }: Passage,
  all: readonly Passage[],
  { places, years }: Scope,
): boolean {
  const elsewhere =
    places.firm &&
    place.length > 0 &&
    !places.paths.some((path) => related(path, place) || names(all, path))
  const year = Number(date.value?.slice(0, 4) ?? Number.NaN)
  const named = years.filter(({ relative }) => !relative)
  return elsewhere || (named.length > 0 && named.every((asked) => asked.year > year + 1))
}

function names(all: readonly Passage[], path: readonly string[]): boolean {
  const { names: called = [] } = placesNamed(path.at(-1) ?? '')[0] ?? {}
  return all.some(({ text }) => called.some((name) => text.includes(name)))
}
