import { courtesyIn } from '../../answer/courteous.ts'
import { readingsOf } from '../../answer/readings.ts'
import { sourcePath } from '../../conversation/source-address.ts'
import { placeUnknown } from '../../conversation/conversation.ts'
import type { Asked, Feedback } from '../../stores/conversations.ts'
import { citiesOf, placeUnclear } from '../../conversation/unclear-place.ts'
import { EXAMPLES, KEPT_FOR_CHECKING, SAID, WHAT_ANSWERS_ARE } from '../../conversation/wording.ts'
import { chinaDay } from '../../china-time.ts'
import type { Citation, Statement } from '../../corpus.ts'
import { answerView } from '../answer-view.ts'
import { asset } from '../assets.ts'
import { type Html, html } from '../html.ts'
import { page, readersNav } from '../page.ts'

const STYLE = asset(new URL('chat.css', import.meta.url))
const SCRIPT = asset(new URL('chat.js', import.meta.url))

const CITIES = 'cities'

/** A question with its answer, and what its asker said of it. */
export interface ShownTurn {
  readonly asked: Asked
  readonly feedback: Feedback | undefined
  /** Where the asker is. */
  readonly place: string | null
}

export interface ChatPageState {
  readonly turns: readonly ShownTurn[]
  readonly place: string | null
  /** Offered as places. */
  readonly cities: readonly string[]
  readonly keepDays: number
  /** What was done, or is wrong. */
  readonly notice?: string | undefined
  /** What was asked in vain, to be asked again. */
  readonly question?: string | undefined
}

/** The whole conversation, and where to ask on. */
export function chatPage(state: ChatPageState): Html {
  const { turns, cities, keepDays, notice, question = '' } = state
  return page({
    title: '提问',
    nav: readersNav(true, '/chat'),
    styles: [STYLE],
    scripts: [SCRIPT],
    main: html`<h1>本地经济政策，报纸上怎么说</h1>
${
  turns.length === 0
    ? html`<p>直接用一句话提问，我在收录的报纸里找答案。每句话后面的 ①② 是出处，点一下就能看到原文。</p>
<p>${WHAT_ANSWERS_ARE}</p>
<p>可以先试试：</p>
${freshQuestions(EXAMPLES)}`
    : html`<p class="soft">${WHAT_ANSWERS_ARE}</p>`
}
<div id="log" role="log" aria-live="polite" aria-label="问答">${turns.map(turnView)}</div>
<div id="coming" inert></div>
<form class="asks ask" method="post" action="/chat/ask">
<p id="fault" class="notice" role="alert" data-offline="没有连上，请再试一次。"${!notice && html` hidden`}>${notice}</p>
<label class="hidden" for="question">您的问题</label>
<textarea id="question" name="question" rows="1" required enterkeyhint="send" placeholder="例如：厂子接电要交钱吗？">${question}</textarea>
<button class="main">提问</button>
</form>
${placeView(state)}
<datalist id="${CITIES}">${cities.map((city) => html`<option value="${city}"></option>`)}</datalist>
<details><summary>隐私说明</summary><ul>${privacy(keepDays).map((line) => html`<li>${line}</li>`)}</ul></details>
<details><summary>清除我的记录</summary><form method="post" action="/chat/forget">
<p>提问、回答、评价和所在地都会删除，无法恢复。</p>
<p><button>清除我的记录</button></p></form></details>`,
  })
}

/** A question with its answer, and what can be done with it. */
export function turnView(turn: ShownTurn): Html {
  const { id, question, answer, askedAt } = turn.asked
  return html`<article class="turn" id="a-${id}">
${asked(question)}
${answerView(answer, { today: chinaDay(askedAt), sourceHref })}
<div class="after" id="after-${id}">${freshQuestions(readingsOf(answer))}${courtesyIn(answer) ? [] : [elsewhere(turn), judgement(turn)]}</div>
</article>`
}

/** A question and as much of its answer as is there. */
export function comingView(
  question: string,
  told: { readonly statements: readonly Statement[]; readonly citations: readonly Citation[] },
  today: string,
): Html {
  const none = { question: '', standalone: '', missing: [], notices: [] }
  const answer = { ...none, status: 'answered' as const, ...told }
  return html`${asked(question)}${answerView(answer, { today, sourceHref })}<p class="soft">……</p>`
}

const sourceHref = (citation: Citation) => sourcePath(citation.articleId, citation)

const asked = (question: string) => html`<h2>${question}</h2>`

/** Questions that go on from nothing, to be asked as they are. */
function freshQuestions(questions: readonly string[]): Html | false {
  return (
    questions.length > 0 &&
    html`<form class="asks choices" method="post" action="/chat/ask">
<input type="hidden" name="fresh" value="1">
${questions.map((question) => html`<button name="question" value="${question}">${question}</button>`)}
</form>`
  )
}

/** The same of another place, where it was unclear of which. */
function elsewhere({ asked: { id, answer }, place }: ShownTurn): Html | false {
  const isUnknown = placeUnknown({ place, history: [], last: null }, answer)
  if (!isUnknown && !placeUnclear(answer)) return false
  const cities = citiesOf(answer)
  return html`<form class="choices" method="post" action="/chat/elsewhere">
<input type="hidden" name="asked" value="${id}">
${isUnknown && cities.length > 1 && cities.map((city) => html`<button name="place" value="${city}">只看${city}</button>`)}
</form>
<details><summary>换个地区</summary>
<form class="row" method="post" action="/chat/elsewhere">
<input type="hidden" name="asked" value="${id}">
<input class="grow" name="place" list="${CITIES}" required aria-label="地名，例如濮阳市" placeholder="例如：濮阳市">
<button>再问一次</button>
</form></details>`
}

function judgement({ asked: { id }, feedback }: ShownTurn): Html {
  const { verdict, comment = null } = feedback ?? {}
  const button = (value: Feedback['verdict'], text: string) =>
    html`<button name="verdict" value="${value}" aria-pressed="${String(verdict === value)}">${text}</button>`
  return html`<form class="stays choices" method="post" action="/chat/judge">
<input type="hidden" name="asked" value="${id}">
${button('useful', '有用')}${button('wrong', '有误')}
${verdict === 'useful' && html`<span class="soft">${SAID.thanks}</span>`}
${verdict === 'wrong' && comment !== null && html`<span class="soft">${SAID.complaintKept}</span>`}
</form>
${
  verdict === 'wrong' &&
  comment === null &&
  html`<form class="stays" method="post" action="/chat/judge">
<input type="hidden" name="asked" value="${id}"><input type="hidden" name="verdict" value="wrong">
<label for="why-${id}">哪里不对？工作人员会看。（不想写可以不理会）</label>
<textarea id="why-${id}" name="comment" required maxlength="2000"></textarea>
<p><button>交给工作人员</button></p>
</form>`
}`
}

function placeView({ place }: ChatPageState): Html {
  return html`<details id="place"><summary>${place === null ? '我在哪里：没有设定' : `我在${place}`}</summary>
<form class="stays" method="post" action="/chat/place">
<label for="where">所在地（问到“咱市”“我县”时，按这里找；留空就是不设定）</label>
<div class="row"><input class="grow" id="where" name="place" list="${CITIES}" value="${place}" placeholder="例如：濮阳市" autocomplete="address-level2"><button>设定</button></div>
</form></details>`
}

const privacy = (days: number) => [
  days > 0
    ? `您的提问和得到的回答保存 ${days} 天，用来接着问、看出处和改进回答，到期自动删除。`
    : '您的提问和得到的回答不写入磁盘，只在程序运行时短暂记住，用来接着问和看出处。',
  '不用登录，也不记姓名和地址，只在您的浏览器里放一个随机编号（Cookie），这里记的是由它算出、无法还原的编号。',
  '标记“有误”时写下的说明会给工作人员看。',
  KEPT_FOR_CHECKING,
  '若启用了语言模型，问题会发送给模型服务用于选出报道里的句子。',
  '点“清除我的记录”，您的记录立即删除，无法恢复。若管理员另做了备份，其中的旧记录随备份轮换删除。',
]
