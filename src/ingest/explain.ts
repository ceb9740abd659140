import type { Asked, ExplainedArticle, Explanation, Stretch } from '../explanation.ts'
import { plantedIn } from '../language/planted/planted.ts'
import type { Traced } from '../traced.ts'
import { isByStaff } from '../correction.ts'
import { type Place, wordsApart } from './corrections/find-words.ts'
import type { Described } from './describe/describe.ts'
import { isSeparator } from './describe/repairs.ts'
import type { Segmented } from './item.ts'
import type { KindOfSource } from './read/source-text.ts'

/** A text of a source, as it was understood. */
export interface Explained {
  readonly source: string
  readonly text: string
  readonly line: number | null
  readonly kind: KindOfSource
  readonly segmented: Segmented
  readonly described: readonly Described[]
  /** What was unsure of the page as a whole, in Chinese. */
  readonly notes: readonly string[]
}

/** So many characters of a source are looked at on one page. */
const PART = 40_000

/** Whose a character of the source is, and what it became. */
interface Mark extends Omit<Stretch, 'parts'> {
  readonly became: string
}

/** Lays a source beside what was understood of it: whose each of its characters is, and what repair made of it. All of a long text, where nothing is asked for. */
export function explain(
  { source, text, line, kind, segmented, described, notes }: Explained,
  asked?: Asked,
): Explanation {
  const articles = explainedArticles(described, line)
  const parts = asked ? Math.max(1, Math.ceil(text.length / PART)) : 1
  const first = articles.find(({ article }) => article.n === asked?.n)?.first
  const part = Math.min(parts - 1, asked?.part ?? Math.floor((first?.near ?? 0) / PART))
  const isIn = (at: number) => parts === 1 || Math.floor(at / PART) === part
  const stretches = stretchesOf(text, marksOf(text, segmented)).filter(({ start }) => isIn(start))
  const shown = new Set(stretches.map(({ article }) => article))
  return {
    source,
    line,
    before: null,
    behind: null,
    alone: null,
    part,
    parts,
    ...kind,
    notes,
    length: text.length,
    stretches,
    articles: articles
      .filter(({ i }) => parts === 1 || shown.has(i))
      .map((one) => ({ ...one, paragraphs: one.paragraphs.filter(({ near }) => isIn(near)) })),
    furniture: segmented.furniture
      .filter((piece) => isIn(piece.text.origin[0] ?? 0))
      .map((piece) => ({ what: piece.what, text: piece.text.text })),
  }
}

function marksOf(text: string, { items, furniture }: Segmented): readonly (Mark | undefined)[] {
  const marks = Array.from<Mark | undefined>({ length: text.length })
  const put = (
    { text: written, origin }: Traced,
    role: Stretch['role'],
    article: number | null = null,
    paragraph: number | null = null,
  ) => {
    origin.forEach((at, i) => {
      if (isSeparator(written[i]!, text[at]!)) return
      marks[at] = { role, article, paragraph, became: written[i]! }
    })
  }
  items.forEach((item, i) => {
    const { headline, kicker, subtitle, section, credits, body, subheads } = item
    for (const line of [headline, kicker, subtitle, section]) if (line) put(line, 'headline', i)
    for (const line of credits) put(line, 'credits', i)
    const heads = new Set(subheads.map(({ origin }) => origin[0]))
    const filled = body.filter((paragraph) => paragraph.text !== '')
    for (const [p, paragraph] of filled.entries())
      put(paragraph, heads.has(paragraph.origin[0]) ? 'headline' : 'body', i, p)
  })
  for (const piece of furniture) put(piece.text, 'furniture')
  return marks
}

/** The source in stretches of one owner and role; white space goes with what it stands in. */
function stretchesOf(text: string, marks: readonly (Mark | undefined)[]) {
  const stretches: (Stretch & { start: number; parts: Stretch['parts'][number][] })[] = []
  for (let i = 0; i < text.length; i++) {
    const printed = text[i]!
    const { role, article, paragraph, became } = marks[i] ?? unmarked(printed)
    let open = stretches.at(-1)
    const isBlank = !marks[i] && /\s/u.test(printed)
    const isSame = open?.role === role && open.article === article && open.paragraph === paragraph
    if (!open || !(isBlank || isSame))
      stretches.push((open = { role, article, paragraph, start: i, parts: [] }))
    const { parts } = open
    const last = parts.at(-1)
    if (became !== printed && marks[i]) parts.push({ printed, became })
    else if (typeof last === 'string') parts[parts.length - 1] = last + printed
    else parts.push(printed)
  }
  return stretches
}

/** A sign that repair dropped; a letter or figure that nobody owns would be a fault of ours, and is shown as one. */
function unmarked(printed: string): Mark {
  const role = /[\p{L}\p{N}]/u.test(printed) ? 'lost' : /\s/u.test(printed) ? null : 'dropped'
  return { role, article: null, paragraph: null, became: '' }
}

function explainedArticles(
  described: readonly Described[],
  line: number | null,
): readonly ExplainedArticle[] {
  const bodies = described.map(({ item }) => item.body.filter(({ text }) => text !== ''))
  const words = wordsApart(bodies.flatMap(placesOf)).values()
  return described.map(({ article }, i) => {
    const { text, spans: _, runs: __, repairs: ___, ...rest } = article
    const { notes } = article
    const paragraphs = bodies[i]!.map((paragraph, p) => ({
      p,
      text: paragraph.text,
      line,
      words: words.next().value!,
      near: paragraph.origin[0]!,
      end: paragraph.origin.at(-1)! + 1,
    }))
    return {
      i,
      article: rest,
      notes: notes.filter((note) => !isByStaff(note)),
      byStaff: notes.filter((note) => isByStaff(note)),
      first: paragraphs[0],
      paragraphs,
      planted: plantedIn(text).map(({ start, end }) => text.slice(start, end)),
    }
  })
}

/** Where the paragraphs of a body begin in its text. */
function placesOf(body: readonly Traced[]): Place[] {
  const text = body.map((paragraph) => paragraph.text).join('\n')
  let from = 0
  return body.map((paragraph) => {
    const at = from
    from += paragraph.text.length + 1
    return { text, at }
  })
}
