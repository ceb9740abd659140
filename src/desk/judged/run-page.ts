import { chinaTime } from '../../china-time.ts'
import { type Html, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { questionLink, resultOf } from './judged-page.ts'
import { JUDGED_STYLE } from './judged-style.ts'
import type { Said } from './judged-store.ts'
import type { Progress } from './runner.ts'
import { type Ran, type Run, turned, wrongIn } from './run-store.ts'
import { saidText } from './verdicts.ts'

/** How far a run is; the page looks again by itself. */
export function progressPage(who: string, { done, total, seconds, who: by }: Progress): Html {
  return deskPage({
    room: 'judged',
    who,
    title: `正在跑 ${done} / ${total}`,
    styles: [JUDGED_STYLE],
    head: html`<meta http-equiv="refresh" content="2">`,
    main: html`<h1>正在跑判定题</h1>
<p><progress value="${done}" max="${total}" aria-label="跑了多少题"></progress></p>
<p role="status">${done} / ${total} 题，${seconds} 秒，${by} 发起。</p>
<form method="post" action="/desk/judged/stop"><button>停下</button></form>
<p class="soft">跑的时候读者照常可以提问，这一页可以关上。</p>`,
  })
}

/** What staff said of a question. */
export interface Judged {
  readonly said: Said
  readonly isRefusal: boolean
}

/** What a run showed, and what turned since the one before. */
export function runPage(
  who: string,
  run: Run,
  last: Run | undefined,
  judged: (id: string) => Judged | undefined,
): Html {
  const { ran, at, ms, picked } = run
  const wrong = wrongIn(ran)
  const isSuperfluous = (one: Ran) =>
    judged(one.id)?.said === 'right' && one.faults.every(({ kind }) => kind === 'says')
  const superfluous = wrong.filter(isSuperfluous)
  const { worse, better } = last ? turned(ran, last.ran) : { worse: [], better: [] }
  const before = new Map(last?.ran.map((one) => [one.id, one]))
  const now = new Map(ran.map((one) => [one.id, one]))
  const part = (id: string, title: string, all: readonly Ran[]) =>
    all.length > 0 &&
    html`<section aria-labelledby="${id}"><h2 id="${id}">${title} <small>${all.length} 题</small></h2>
<ul class="plain">${all.map((one) => ranPart(one, before.get(one.id), judged(one.id)))}</ul></section>`
  const named = (ids: readonly string[]) => ids.flatMap((id) => now.get(id) ?? [])
  return deskPage({
    room: 'judged',
    who,
    title: '跑判定题的结果',
    styles: [JUDGED_STYLE],
    main: html`<h1>${ran.length - wrong.length} / ${ran.length} 题对</h1>
${superfluous.length > 0 && html`<p>另有 ${superfluous.length} 题说对了，但还有判定时勾了“多余”的话。</p>`}
<p class="soft">${chinaTime(at)}，${run.who}，${(ms / 1000).toFixed(1)} 秒，${picked}</p>
${last && html`<p>与上次（${chinaTime(last.at)}，${last.ran.length - wrongIn(last.ran).length} / ${last.ran.length}，${last.picked}）相比：<strong class="good">${better.length} 题由错变对</strong>，${worse.length > 0 ? html`<strong class="bad">${worse.length} 题由对变错</strong>` : '没有由对变错的'}。</p>`}
${part('worse', '由对变错', named(worse))}
${part('better', '由错变对', named(better))}
${part(
  'wrong',
  last ? '还是错的' : '错的',
  wrong.filter((one) => !worse.includes(one.id) && !isSuperfluous(one)),
)}
${part('superfluous', '有多余的话', superfluous)}
<p><a href="/desk/judged">回到判定题</a></p>`,
  })
}

function ranPart(ran: Ran, before: Ran | undefined, judged: Judged | undefined): Html {
  const said = (one: Ran) => one.said || '（没有回答）'
  return html`<li class="card">${questionLink(ran.id, ran.question)} ${resultOf(ran)}${judged && html` <small>判定：${saidText(judged.said, judged.isRefusal)}</small>`}
<p>${said(ran)}</p>
${before && before.said !== ran.said && html`<p class="soft">上次：${said(before)}</p>`}</li>`
}
