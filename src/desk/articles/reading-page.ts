import { chinaTime } from '../../china-time.ts'
import type { Correction } from '../../correction.ts'
import type { Article, Passage } from '../../corpus.ts'
import type { ExplainedArticle, ExplainedParagraph } from '../../explanation.ts'
import { sourcePath } from '../../conversation/source-address.ts'
import { firstSentence } from '../../web/first-sentence.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { ARTICLES_SCRIPT, ARTICLES_STYLES } from './articles-style.ts'
import { faultPart, problemsPart } from './said-part.ts'
import { type Given, WHAT, correctingPart } from './correcting-part.ts'
import { doubtsIn, explainedPart, neighboursPart } from './explained-part.ts'
import type { Change, Look, ReadAgain } from './sources.ts'
import { readingPath } from './sources-page.ts'
import { shortened } from '../../language/shortened.ts'

export interface ReadingPage {
  readonly who: string
  readonly source: string
  readonly look: Look
  readonly problems: readonly string[]
  readonly corrections: readonly Correction[]
  /** Of each article by its number: its id in the index, and how often it was told. */
  readonly indexed: ReadonlyMap<number, Indexed>
  /** By their numbers, those that are reprints, as the index keeps them of another source. */
  readonly keptElsewhere: ReadonlyMap<number, Article>
  /** What came of the last correction. */
  readonly done?: ReadAgain | undefined
  /** A form that was not taken, as it was filled in. */
  readonly given?: Given | undefined
  readonly fault?: string | undefined
}

export interface Indexed {
  readonly id: string
  /** How often each of its passages was told, in order; null where it is not counted. */
  readonly told: readonly ToldPassage[] | null
}

export interface ToldPassage {
  readonly part: Passage['part']
  /** Where it begins in this source; null where the index has the article of another one. */
  readonly start: number | null
  readonly times: number
  /** When last, in milliseconds since 1970; 0 where never. */
  readonly at: number
}

/** A source as it was read: both sides, what is to be looked at, and what staff can correct. */
export function readingPage(page: ReadingPage): Html {
  const { who, source, look, problems, corrections, fault, done } = page
  // What is corrected says itself that it finds its place no more.
  const unread = problems.filter((one) => !corrections.some((correction) => isOf(one, correction)))
  const { explanation } = look
  const doubts = explanation ? doubtsIn(explanation) : 0
  return deskPage({
    room: 'articles',
    who,
    title: source,
    styles: ARTICLES_STYLES,
    scripts: [ARTICLES_SCRIPT],
    main: html`<p><a href="/desk/articles">← 全部来源文件</a></p>
<h1>${source}${explanation?.line != null && html` <small>第 ${explanation.line} 行</small>`}</h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
${done && doneHtml(done)}
${look.fault && html`<div class="notice" role="alert">现在读不了这个来源文件：${faultPart(look.fault)}</div>`}
${unread.length > 0 && html`<div class="notice">${problemsPart(unread)}</div>`}
${correctionsHtml(page)}
${explanation && neighboursPart(explanation, (asked) => readingPath(source, asked))}
${doubts > 0 && html`<p>存疑 ${doubts} 处，<a href="#d1">从第一处看起</a>。<span class="soft">键 <kbd>n</kbd> 下一处，<kbd>N</kbd> 上一处。</span></p>`}
${
  explanation
    ? explainedPart(
        explanation,
        (article) => toolsOf(page, article),
        (article, paragraph) => toldOf(page, article, paragraph),
      )
    : html`<p>收录的文章：</p><ul>${indexedHtml(page)}</ul>`
}`,
  })
}

function toolsOf(page: ReadingPage, explained: ExplainedArticle): Part {
  const indexed = page.indexed.get(explained.article.n)
  const kept = page.keptElsewhere.get(explained.article.n)
  if (kept)
    return html`<p>这一篇以${kept.headline === null ? `“${firstSentence(kept.text)}”` : `《${kept.headline}》`}（来源文件 ${kept.source}）的为准，请到<a href="${readingPath(kept.source, { n: kept.n })}#n${kept.n}">那里</a>改。</p>`
  return html`<p class="soft">${indexed ? html`<a href="${sourcePath(indexed.id)}">来源页</a> ${toldText(indexed)}` : '没有收录'}</p>
${correctingPart({
  source: page.source,
  explained,
  next: page.look.explanation?.articles.find(({ i }) => i === explained.i + 1),
  given: page.given?.near === explained.first?.near ? page.given : undefined,
})}`
}

const timesOf = (told: readonly ToldPassage[]) => told.reduce((sum, { times }) => sum + times, 0)

function toldText({ told }: Indexed): string {
  if (told === null) return ''
  const times = timesOf(told)
  if (times === 0) return '从未被回答引用'
  const last = chinaTime(Math.max(...told.map(({ at }) => at)))
  const heads = timesOf(told.filter(({ part }) => part === 'head'))
  return `回答引用 ${times} 次${heads > 0 ? `（其中标题和署名 ${heads} 次）` : ''}，最近一次 ${last}`
}

/** Over the paragraph in which a passage begins, how often that was told; of articles never told that is said once. */
function toldOf(
  { indexed }: ReadingPage,
  { article }: ExplainedArticle,
  { near, end }: ExplainedParagraph,
): Part {
  const told = indexed.get(article.n)?.told ?? []
  if (timesOf(told) === 0) return null
  const here = told.filter(
    ({ part, start }) => part === 'body' && start !== null && near <= start && start < end,
  )
  return (
    here.length > 0 &&
    html`<p class="cited">${here.map(({ times }) => (times > 0 ? `被引用 ${times} 次` : '从未被引用')).join(' · ')}</p>`
  )
}

const indexedHtml = ({ indexed }: ReadingPage) =>
  [...indexed].map(
    ([n, one]) =>
      html`<li><a href="${sourcePath(one.id)}">第 ${n} 篇</a> <span class="soft">${toldText(one)}</span></li>`,
  )

/** Whether a sentence of ingest is about a correction, which it names. */
const isOf = (problem: string, { id }: Correction) => problem.includes(` ${id} `)

function correctionsHtml({ source, corrections, problems, look }: ReadingPage): Part {
  if (corrections.length === 0) return null
  const isLost = (correction: Correction) => problems.some((problem) => isOf(problem, correction))
  const n = look.explanation?.articles[0]?.article.n
  return html`<details open><summary>校正过 ${corrections.length} 处</summary>
<ul class="plain corrections">${corrections.map(
    (one) => html`<li><span class="what">${WHAT[one.what]}${valueText(one)}
<span class="soft">在${one.line !== null && `第 ${one.line} 行`}“${beginning(one.words)}” · ${one.by} · ${chinaTime(Date.parse(one.at))}</span>${isLost(one) && html` <strong class="bad">原文里已找不到这些字，或者不止一处，没有生效</strong>`}</span>
<form method="post" action="/desk/articles/undo"><input type="hidden" name="name" value="${source}"><input type="hidden" name="n" value="${n}"><input type="hidden" name="id" value="${one.id}"><button>撤销</button></form></li>`,
  )}</ul></details>`
}

/** So many characters of the words at a place are shown. */
const SHOWN = 50

const beginning = (words: string) => shortened(words, SHOWN)

function valueText({ what, value }: Correction): string {
  if (what === 'split') return value === 'headline' ? '，这一行是标题' : ''
  if (what === 'join') return `“${beginning(value)}”`
  return value === '' ? '：无' : `：${value}`
}

const STATUS: Readonly<Record<Change['status'], string>> = {
  new: '多了一篇',
  gone: '不再有',
  changed: '改了',
}

function doneHtml({ fault, changes }: ReadAgain): Html {
  if (fault !== null)
    return html`<div class="notice" role="status">校正已保存；重新读入没有成功，下次读入时生效。${faultPart(fault)}</div>`
  if (changes.length === 0)
    return html`<p class="notice" role="status">已保存并重新读入，读出的文章没有变化。</p>`
  return html`<div class="notice" role="status"><p>已保存并重新读入：</p><ul>${changes.map(
    ({ status, headline, fields }) =>
      html`<li>${STATUS[status]}“${headline ?? '（无标题）'}”${fields.map(
        ({ name, from, to }) =>
          html`<br><small>${name}：<del>${from || '无'}</del> → <ins>${to || '无'}</ins></small>`,
      )}</li>`,
  )}</ul></div>`
}
