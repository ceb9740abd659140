import { type Html, html } from '../../web/html.ts'
import { chinaTime } from '../../china-time.ts'
import type { Answer } from '../../corpus.ts'
import { resultOf } from '../judged/judged-page.ts'
import { type Ran, turned, wrongIn } from '../judged/run-store.ts'
import type { Change } from './changes.ts'
import { changesOf, sayMark } from './list-page.ts'
import { CLASSES, type Words, wordOf } from './lists.ts'
import { clausesOf, widened } from './read-with.ts'
import type { Run } from './runs.ts'
import { type Shell, TITLES, wordsPage } from './shell.ts'
import type { Both } from './trial.ts'
import type { Drafted, Save } from './words-store.ts'

export interface DraftPage {
  readonly draft: readonly Drafted[]
  readonly words: Both<Words>
  readonly question: string
  readonly place: string
  /** What both answered, or why they could not, in a sentence. */
  readonly asked: Both<Answer> | string | undefined
  readonly judged: number
  readonly run: Run | undefined
  /** Whether the run tried the draft as it is now. */
  readonly isCurrent: boolean
  /** Somebody else whose run is under way. */
  readonly busy: string | undefined
  /** What could not be done, in a sentence. */
  readonly fault: string
}

const REFRESH = html`<meta http-equiv="refresh" content="2">`

export function draftPage(shell: Shell, given: DraftPage): Html {
  const { draft, fault, run } = given
  return wordsPage(
    shell,
    'draft',
    '草稿',
    html`${fault && html`<p class="notice" role="alert">${fault}</p>`}
${
  draft.length === 0
    ? html`<p>草稿里没有改动。到同义词、地名、约束词里查、加、拿掉，改动先放在这里，看过影响再保存。</p>`
    : html`<p class="soft">只有您看得到，机器人还没有用。离开也不会丢。</p>
<ul class="plain lines">${draft.map(
        ({ n, change }) => html`<li><div class="text">${changeText(change)}</div>
<form method="post" action="/desk/words/draft/drop"><input type="hidden" name="n" value="${n}"><button class="small" aria-label="去掉这处改动：${change.text}">去掉这处</button></form></li>`,
      )}</ul>
${
  draft.some(({ change }) => change.list === 'gazetteer') &&
  html`<p class="soft">地名的改动在这里只试得出问句怎么认；文章里的地点要保存后重新收录（npm run ingest）才变。</p>`
}
${questionPart(given)}
${judgedPart(given)}
<section aria-labelledby="save"><h2 id="save">保存</h2>
<p class="soft">保存后马上换上，机器人不用重启，正在回答的照旧答完。可以在“改动记录”里撤回。</p>
<div class="row"><form method="post" action="/desk/words/draft/save"><button class="main">保存这 ${draft.length} 处改动</button></form>
<form method="post" action="/desk/words/draft/discard"><button>全部丢弃</button></form></div></section>`
}`,
    run?.state === 'running' && REFRESH,
  )
}

export function changeText({ list, section, text, takesOut }: Change): Html {
  const about = CLASSES.find(({ head }) => head === section)?.title
  return html`<span class="tag">${TITLES[list]}</span> ${takesOut ? html`<del>拿掉</del>` : html`<ins>加上</ins>`} ${section && html`<span class="soft">${about ?? section}</span> `}${takesOut && list === 'governors' ? wordOf(text) : text}`
}

function questionPart({ question, place, asked, words }: DraftPage): Html {
  return html`<section aria-labelledby="one"><h2 id="one">拿一个问题试</h2>
<form method="get" action="/desk/words/draft#one" class="row">
<div class="grow"><label for="question">问题</label><input id="question" name="question" value="${question}" maxlength="500" required></div>
<div><label for="place">提问人在哪里（可空）</label><input id="place" name="place" value="${place}"></div>
<button>前后各问一遍</button></form>
<p class="soft">在旁边单独试，不用语言模型，不影响读者；头一次要等几秒。</p>
${typeof asked === 'string' ? html`<p class="notice" role="alert">${asked}</p>` : asked && answersOf(asked, words)}</section>`
}

function answersOf({ before, after }: Both<Answer>, words: Both<Words>): Html {
  const widening = (of: Words, { standalone }: Answer) =>
    widened(of, standalone).map(({ word, others }) => `${word}：也找 ${others.join('、')}`)
  const quotes = [...new Set([...before.citations, ...after.citations].map(({ quote }) => quote))]
  return html`${
    before.text === after.text
      ? html`<p><strong>回答一样。</strong></p><div class="card told-text">${after.text}</div>`
      : html`<p><strong>回答不一样：</strong></p><div class="sides"><div><h3>现在</h3><div class="card told-text">${before.text}</div></div>
<div><h3>改了以后</h3><div class="card told-text">${after.text}</div></div></div>`
  }
<h3>换着找的词</h3>${changesOf(widening(words.before, before), widening(words.after, after), '没有换着找的词。')}
<details><summary>引用的 ${quotes.length} 句里的约束词</summary><ol>${quotes.map((quote) => {
    const old = clausesOf(words.before, quote)
    return html`<li>${clausesOf(words.after, quote).map(
      ({ text, marks }, i) =>
        html`<p>${text}</p>${changesOf((old[i]?.marks ?? []).map(sayMark), marks.map(sayMark), '没有约束词。')}`,
    )}</li>`
  })}</ol></details>`
}

function judgedPart({ judged, run, isCurrent, busy }: DraftPage): Html {
  const isRunning = run?.state === 'running'
  return html`<section aria-labelledby="all"><h2 id="all">拿全部判定题试</h2>
${
  judged === 0
    ? html`<p>还没有判定题。在“提问”里判过的回答会成为判定题。</p>`
    : busy !== undefined && !isRunning
      ? html`<p>${busy}正在试，等完成了再试。</p>`
      : isRunning
        ? html`<form method="post" action="/desk/words/draft/stop"><button>停下</button></form>`
        : html`<form method="post" action="/desk/words/draft/run"><button>${judged} 道题前后各问一遍</button></form>`
}
${run && !isCurrent && html`<p class="soft">下面是草稿改动之前试的。</p>`}
${run && runOf(run)}</section>`
}

const STATES = {
  running: '正在试',
  done: '试完了',
  stopped: '中途停下',
  failed: '没有试成',
} as const

function runOf({ state, why, done, total, ran }: Run): Html {
  return html`<p>${STATES[state]}：问了 ${done} / ${total} 次</p>
${state === 'running' && html`<progress aria-label="试到哪里" max="${total}" value="${done}"></progress>`}
${why && html`<p class="notice" role="alert">${why}</p>`}
${ran && comparison(ran)}`
}

function comparison({ before, after }: Both<readonly Ran[]>): Html {
  const { worse, better } = turned(after, before)
  const old = new Map(before.map((one) => [one.id, one]))
  const all = after.map((one) => ({ before: old.get(one.id)!, after: one }))
  const named = (ids: readonly string[]) => all.filter((one) => ids.includes(one.after.id))
  const same = all.filter(
    (one) => one.before.said !== one.after.said && ![...worse, ...better].includes(one.after.id),
  )
  const right = (ran: readonly Ran[]) => ran.length - wrongIn(ran).length
  return html`<p>对的题：现在 ${right(before)}，改了以后 ${right(after)}。</p>
${turnedPart(`由对变错 ${worse.length} 题`, 'bad', named(worse))}
${turnedPart(`由错变对 ${better.length} 题`, 'good', named(better))}
${same.length > 0 && html`<details><summary>对错没变、回答变了的 ${same.length} 题</summary>${same.map(questionOf)}</details>`}`
}

const turnedPart = (title: string, kind: 'good' | 'bad', questions: readonly Both<Ran>[]) =>
  html`<h3${questions.length > 0 && html` class="${kind}"`}>${title}</h3>${questions.map(questionOf)}`

function questionOf({ before, after }: Both<Ran>): Html {
  return html`<details class="card"><summary>${after.question}</summary>
<div class="sides"><div><h4>现在：${resultOf(before)}</h4>${saidOf(before)}</div>
<div><h4>改了以后：${resultOf(after)}</h4>${saidOf(after)}</div></div></details>`
}

const saidOf = ({ said }: Ran) => html`<div class="told-text">${said || '（没有回答）'}</div>`

export interface HistoryPage {
  readonly saves: readonly Save[]
  /** What came of saving, in a sentence. */
  readonly notice: string
}

export function historyPage(shell: Shell, { saves, notice }: HistoryPage): Html {
  return wordsPage(
    shell,
    'history',
    '改动记录',
    html`${notice && html`<p class="notice" role="status">${notice}</p>`}
${saves.length === 0 && html`<p>还没有保存过。</p>`}
${saves.map(
  ({
    n,
    who,
    at,
    changes,
  }) => html`<section class="card" aria-labelledby="save-${n}"><h2 id="save-${n}">${chinaTime(at)} ${who}</h2>
<ul>${changes.map((change) => html`<li>${changeText(change)}</li>`)}</ul>
<form method="post" action="/desk/words/history/undo"><input type="hidden" name="n" value="${n}">
<button aria-label="撤回 ${chinaTime(at)} ${who} 的改动">撤回（先放进草稿）</button></form></section>`,
)}
<p class="soft">改动保存在数据目录的 words 文件夹里，升级不会丢；也可以直接改那里的文件，机器人一分钟内会换上。</p>`,
  )
}
