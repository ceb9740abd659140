import { chinaDay, chinaTime } from '../../china-time.ts'
import { requestOf } from '../../answer/trace.ts'
import type { HandledState } from '../../stores/handled.ts'
import type { StaffReply } from '../../stores/staff-replies.ts'
import { sourcePath } from '../../conversation/source-address.ts'
import type { Answer } from '../../corpus.ts'
import { answerView } from '../../web/answer-view.ts'
import { asset } from '../../web/assets.ts'
import { type Html, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { type Counts, type Group, type Question, DOUBTFUL, Tab, variantsOf } from './read-inbox.ts'
import { shortened } from '../../language/shortened.ts'

const STYLE = asset(new URL('inbox.css', import.meta.url))

export const TAB_NAMES: Readonly<Record<Tab, string>> = {
  unanswered: '未答上来',
  wrong: '读者说有误',
  doubtful: '可能有误',
  replies: '等回复',
  handled: '已处理',
  all: '全部',
}

export const STATE_NAMES: Readonly<Record<HandledState, string>> = {
  new: '未处理',
  working: '处理中',
  done: '已处理',
  not_ours: '不归我们',
}

const EMPTY: Readonly<Record<Tab, string>> = {
  unanswered: '没有未答上来的问题。',
  wrong: '没有读者说有误的回答。',
  doubtful: '没有可能有误的回答。',
  replies: '没有读者在等工作人员回复。',
  handled: '还没有处理过的问题。',
  all: '还没有人提问。',
}

const EXPLAINED: Partial<Readonly<Record<Tab, string>>> = {
  doubtful: `选句时把握低于 ${Math.round(DOUBTFUL * 100)}% 的回答，把握最低的在前；这样的回答约三条里有一条不对。`,
  replies: '读者在 Telegram 里点了“请工作人员回复”，等得最久的在前。',
}

interface Signed {
  readonly who: string
}

/** Why nothing is there where nothing is kept. */
export const nothingKeptPage = ({ who }: Signed): Html =>
  deskPage({
    room: 'inbox',
    who,
    title: '收件箱',
    main: html`<h1>收件箱</h1>
<p class="notice">现在不保存读者的提问（KEEP_QUESTIONS_DAYS=0），所以这里是空的。要在这里看提问，请把它设为天数，例如 30。</p>`,
  })

export interface ListGiven extends Signed {
  readonly tab: Tab
  readonly counts: Counts
  readonly groups: readonly Group[]
  /** Counted from 0. */
  readonly page: number
  readonly pages: number
  readonly keepDays: number
}

export function listPage({ who, tab, counts, groups, page, pages, keepDays }: ListGiven): Html {
  const explained = EXPLAINED[tab]
  return deskPage({
    room: 'inbox',
    who,
    title: `收件箱：${TAB_NAMES[tab]}`,
    styles: [STYLE],
    main: html`<h1>收件箱</h1>
<nav class="tabs" aria-label="收件箱分类">${Tab.options.map(
      (name) =>
        html`<a href="/desk/inbox?tab=${name}"${name === tab && html` aria-current="page"`}>${TAB_NAMES[name]} <span class="count">${counts[name]}</span></a>`,
    )}</nav>
<h2 class="hidden">${TAB_NAMES[tab]}</h2>
${explained && html`<p class="soft">${explained}</p>`}
${
  groups.length === 0
    ? html`<p class="notice">${EMPTY[tab]}</p>`
    : html`<ol class="plain groups">${groups.map((group) => groupItem(group, tab))}</ol>`
}
${pagesNav((n) => `/desk/inbox?tab=${tab}&page=${n}`, page, pages)}
<p class="soft">问法相同的提问并成一条。提问保存 ${keepDays} 天，到期连同这里的备注一起删除；读者用 /forget 删除的也是。</p>`,
  })
}

const idOf = ({ questions }: Group) => questions.at(-1)!.id
const pathOf = (group: Group) => `/desk/inbox/${idOf(group)}`

function groupItem(group: Group, tab: Tab): Html {
  const { questions, title, handled } = group
  const comments = questions.flatMap(({ wrong }) => wrong.flatMap(({ comment }) => comment ?? []))
  return html`<li class="card">
<h3><a href="${pathOf(group)}?from=${tab}">${title}</a></h3>
<p>${marksOf(group).map((mark) => html`<span class="tag">${mark}</span> `)}</p>
${comments.length > 0 && html`<p>读者说：${brief(comments.at(-1)!)}</p>`}
<p class="soft">${questions.length > 1 && html`${new Set(questions.map(({ user }) => user)).size} 人问了 ${questions.length} 次，`}最近 ${chinaTime(questions[0].at)}。${handled && handledText(group)}</p>
</li>`
}

function marksOf({ questions, state, since }: Group): string[] {
  const times = (text: string, is: (one: Question) => boolean) => {
    const n = questions.filter(is).length
    if (n === 0) return []
    return [n < questions.length || n > 1 ? `${text} ${n}` : text]
  }
  const lowest = Math.min(...questions.flatMap(({ probability }) => probability ?? []))
  return [
    ...(state === 'new' ? [] : [STATE_NAMES[state]]),
    ...(since > 0 ? [`还有 ${since} 次未处理`] : []),
    ...times('未答上来', ({ status }) => status === 'not_found'),
    ...times('只答了一部分', ({ status }) => status === 'partial'),
    ...times('读者说有误', ({ wrong }) => wrong.length > 0),
    ...(lowest < DOUBTFUL ? [`把握 ${percent(lowest)}`] : []),
    ...times('等回复', ({ reply }) => reply?.state === 'open'),
  ]
}

const percent = (share: number) => `${Math.round(share * 100)}%`

const handledText = ({ handled, since }: Group) =>
  handled &&
  html`${handled.who} ${chinaTime(handled.at)} 记为“${STATE_NAMES[handled.state]}”${handled.note ? html`：“${brief(handled.note)}”` : '。'}${since > 0 && html`还有 ${since} 次提问没有处理。`}`

/** A list stays one, whatever people wrote. */
const brief = (text: string) => shortened(text, 120)

function pagesNav(href: (page: number) => string, page: number, pages: number) {
  return (
    pages > 1 &&
    html`<nav class="row pages" aria-label="翻页">
${page > 0 && html`<a class="button" rel="prev" href="${href(page - 1)}">上一页</a>`}
<span>第 ${page + 1} 页，共 ${pages} 页</span>
${page + 1 < pages && html`<a class="button" rel="next" href="${href(page + 1)}">下一页</a>`}
</nav>`
  )
}

/** A form that could not be taken comes back as it was filled in. */
export interface Refused {
  readonly fault: string
  readonly id: string
  readonly text: string
  readonly signature: string
}

export interface GroupGiven extends Signed {
  readonly group: Group
  readonly tab: Tab
  /** Those of a page, with their answers where they are still kept. */
  readonly shown: readonly (readonly [Question, Answer | undefined])[]
  readonly page: number
  readonly pages: number
  readonly refused?: Refused | undefined
}

export const MOST_NOTE = 500
export const MOST_REPLY = 1000
export const MOST_SIGNATURE = 20

export function groupPage(given: GroupGiven): Html {
  const { who, group, tab, shown, page, pages } = given
  const { questions, title, state, handled } = group
  const variants = variantsOf(questions)
  return deskPage({
    room: 'inbox',
    who,
    title,
    styles: [STYLE],
    main: html`<p><a href="/desk/inbox?tab=${tab}">收件箱：${TAB_NAMES[tab]}</a></p>
<h1>${title}</h1>
<p>${marksOf(group).map((mark) => html`<span class="tag">${mark}</span> `)}</p>
${
  variants.length > 1 &&
  html`<details${variants.length <= FEW_VARIANTS && html` open`}><summary>${variants.length} 种问法</summary>
<ul>${variants.map(({ typed, times }) => html`<li>${typed}${times > 1 && html` <span class="count">×${times}</span>`}</li>`)}</ul></details>`
}
<div class="questions sides">
<div>
<h2>${questions.length > 1 ? html`${questions.length} 次提问` : '提问'}</h2>
<ol class="plain">${shown.map(([question, answer]) => questionItem(given, question, answer))}</ol>
${pagesNav((n) => `${pathOf(group)}?from=${tab}&page=${n}`, page, pages)}
</div>
<section class="card" aria-labelledby="handled">
<h2 id="handled">处理</h2>
<p>${handled ? handledText(group) : '还没有人处理。'}</p>
<form method="post" action="${pathOf(group)}/state">
<input type="hidden" name="from" value="${tab}">
<fieldset><legend>改为</legend>${Object.entries(STATE_NAMES).map(
      ([name, text]) =>
        html`<label class="inline"><input type="radio" name="state" value="${name}"${name === state && html` checked`}>${text}</label>`,
    )}</fieldset>
<label for="note">备注（${questions.length > 1 ? html`记在这 ${questions.length} 条提问上，` : ''}只有工作人员看得到）</label>
<textarea id="note" name="note" maxlength="${MOST_NOTE}">${handled?.note ?? ''}</textarea>
<p><button class="main">记下</button></p>
</form>
</section>
</div>`,
  })
}

const FEW_VARIANTS = 5

function questionItem(given: GroupGiven, question: Question, answer: Answer | undefined): Html {
  const { id, typed, at, wrong, probability, reply, asked } = question
  const [place, ...others] = asked.places
  const where = others.length === 0 ? place?.at(-1) : undefined
  const request = answer && requestOf(answer)
  return html`<li class="card" id="q-${id}">
<h3>${typed}</h3>
<p class="soft">${chinaTime(at)} 问${asked.question !== typed && html`，按“${asked.question}”查找`}${probability !== null && html`，把握 ${percent(probability)}`}。${request !== undefined && html`日志里的编号：${request}`}</p>
<form method="post" action="/desk/ask"><input type="hidden" name="question" value="${asked.question}"><input type="hidden" name="place" value="${where}"><input type="hidden" name="date" value="${chinaDay(at)}"><button>在提问页重问</button></form>
${wrong.map(({ comment, at: saidAt }) => html`<p class="notice">读者 ${chinaTime(saidAt)} 说有误${comment ? html`：${comment}` : '，没有写明哪里不对。'}</p>`)}
<h4>读者看到的回答</h4>
<div class="shown">${answer ? answerView(answer, { today: chinaDay(at), sourceHref: (citation) => sourcePath(citation.articleId, citation) }) : '回答已读不出来。'}</div>
${reply && replyPart(given, question, reply)}
</li>`
}

function replyPart({ group, tab, refused }: GroupGiven, { id }: Question, reply: StaffReply): Html {
  if (reply.state !== 'open') return writtenReply(reply)
  const back = refused?.id === id ? refused : undefined
  const filled = back ?? reply.unsent
  return html`<h4>回复读者</h4>
<p class="soft">读者 ${chinaTime(reply.at)} 请工作人员回复。写下的话由机器人原样发到读者的对话里，标明“工作人员回复”；发出后不能改。${reply.unsent && html`上次写的没有送到，可以改了再发。`}</p>
${back && html`<p class="notice" role="alert">${back.fault}</p>`}
<form method="post" action="${pathOf(group)}/reply">
<input type="hidden" name="from" value="${tab}"><input type="hidden" name="asked" value="${id}">
<label for="text-${id}">回复（最多 ${MOST_REPLY} 字）</label>
<textarea id="text-${id}" name="text" required maxlength="${MOST_REPLY}"${back && html` aria-invalid="true"`}>${filled?.text}</textarea>
<label for="signature-${id}">署名（读者看得到，可以不填）</label>
<input id="signature-${id}" name="signature" maxlength="${MOST_SIGNATURE}" value="${filled?.signature}">
<p><button class="main">发给读者</button></p>
</form>`
}

function writtenReply(reply: Exclude<StaffReply, { state: 'open' }>): Html {
  return html`<h4>工作人员回复${reply.signature && html`（${reply.signature}）`}</h4>
<p class="said">${reply.text}</p>
<p class="${reply.state === 'failed' ? 'bad' : 'soft'}">${sentText(reply)}</p>`
}

function sentText(reply: Exclude<StaffReply, { state: 'open' }>): string {
  const at = chinaTime(reply.at)
  if (reply.state === 'sent') return `${at} 已发给读者。`
  if (reply.state === 'failed') return `${at} 没有送到：${reply.failure}`
  return `${at} 写好，等机器人发出。机器人没有运行时，下次启动就发。`
}
