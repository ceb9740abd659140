import { type Html, type Part, html } from '../../web/html.ts'
import { courtesyIn } from '../../answer/courteous.ts'
import { answerView } from '../../web/answer-view.ts'
import { deskPage } from '../desk-page.ts'
import { VERDICT_NAMES, VERDICTS } from '../judged/verdicts.ts'
import { type Given, articlePart } from './article-part.ts'
import { ASK_SCRIPT, ASK_STYLE, askForm } from './ask-page.ts'
import type { Seen } from './seen.ts'
import type { ShownArticle, Why } from './shown.ts'
import { whyPart } from './why-part.ts'

export interface SeenPage extends Seen {
  readonly who: string
  readonly id: string
  readonly articles: readonly ShownArticle[]
  readonly notice?: Part
  /** What was said of this question before. */
  readonly before?: Part
  readonly waiting: number
  readonly given: Given
}

/** An answer beside its articles, to be judged with one key. */
export function seenPage(page: SeenPage): Html {
  const { who, id, question, answer, queued, articles, notice, before, waiting } = page
  const { find, note, reading } = page.given
  const { place = '', date } = question
  const here = `/desk/ask/seen/${id}`
  const group = (why: Why) =>
    articles.filter((one) => one.why === why).map((one) => articlePart(one, page.given))
  return deskPage({
    room: 'ask',
    who,
    title: question.question,
    styles: [ASK_STYLE],
    scripts: [ASK_SCRIPT],
    main: html`${notice}
<form method="post" action="${here}/verdict" id="judging">
<input type="hidden" name="asked" value="${question.history ? '' : JSON.stringify(question)}">
<button class="default" tabindex="-1" aria-hidden="true" formmethod="get" formaction="${here}#sought"></button>
</form>
<div class="seen">
<section class="judged" aria-labelledby="asked" tabindex="-1" autofocus>
<h1 id="asked">${question.question}</h1>
<p class="soft">${[place, `${date} 问`, ...(question.history ?? []).map((turn) => `接着“${turn.question}”问`)].filter(Boolean).join('，')}</p>
${before}
<div class="card">${answerView(answer, { today: date, sourceHref: ({ n }) => `#cite-${n}` })}
${courtesyIn(answer)?.readings?.map((offered) => html`<p><a href="/desk/ask?${new URLSearchParams({ question: offered, place, date }).toString()}">${offered}</a></p>`)}</div>
<div class="verdicts">
<fieldset><legend>这个回答怎么样？</legend>
<div class="row">${VERDICT_NAMES.map((name, i) => html`<button form="judging" name="verdict" value="${name}"><kbd>${i + 1}</kbd> ${VERDICTS[name]}</button>`)}</div>
</fieldset>
${queued !== null && html`<p><a href="/desk/ask/next?after=${queued}">跳过这一题</a> <span class="soft">还有 ${waiting} 题等着判</span></p>`}
<p class="soft">选错了、该答没答、原文读错：先在原文里点出对的那几处（或读错的那一处），再按。<span class="count" role="status"></span></p>
<details${(note || reading) && html` open`}><summary>备注，原文应该怎么读</summary>
<label for="reading">点出的那一处应读作</label><input id="reading" name="reading" value="${reading}" form="judging" autocomplete="off">
<label for="note">备注</label><input id="note" name="note" value="${note}" form="judging" autocomplete="off">
</details>
</div>
</section>
<section class="articles" aria-labelledby="articles">
<h2 id="articles">原文</h2>
<p class="legend"><mark>引用的句子</mark> <mark class="told">说出的部分</mark> <span class="nearly">差一点选上的句子</span></p>
${articles.length === 0 && html`<p>没有检索到相近的文章。</p>`}
${group('cited')}
${group('nearly')}
<div class="row" role="search">
<div class="grow"><label for="find">对的那句不在这些文章里？找一找</label><input id="find" name="find" value="${find}" form="judging" autocomplete="off"></div>
<button form="judging" formmethod="get" formaction="${here}#sought">找</button>
</div>
<div id="sought" tabindex="-1">${find !== '' && group('sought').length === 0 && html`<p>除了上面的文章，没有找到别的。</p>`}
${group('sought')}</div>
${group('found')}
</section>
<div class="after">
${whyPart(answer)}
<section aria-labelledby="again"><h2 id="again">再问</h2>${askForm({ place, date, after: id })}</section>
</div>
</div>`,
  })
}
