import { type Head, type Line, type Replied, circled, replyOf } from '../answer/reply.ts'
import type { Citation, Statement } from '../corpus.ts'
import { type Html, type Part, html } from './html.ts'

export interface AnswerViewOptions {
  /** The day of the question, YYYY-MM-DD. */
  readonly today: string
  /** Where a source can be read, its quote marked; nothing where nobody serves it. */
  readonly sourceHref: (citation: Citation) => string | undefined
  /** What stands beside a statement. */
  readonly beside?: (statement: Statement) => Part
}

/**
 * An answer as it is read: what was understood, heads, statements with their marks, what to mind, and
 * the sources, folded. Each ① leads to where its quote stands. Questions to choose from are the
 * caller's to show: they are buttons.
 */
export function answerView(
  answer: Replied,
  { today, sourceHref, beside }: AnswerViewOptions,
): Html {
  const { understood, heads, lines, sources } = replyOf(answer, today)
  return html`<div class="answer">
${understood && html`<p class="soft">${understood}</p>`}
${heads.map(headView)}
${lines.map(lineView)}
${
  sources.length > 0 &&
  html`<ul class="sources plain" aria-label="出处">${sources.map(
    ({ title, details, headed, quotes }) => html`<li><details>
<summary>${quotes.map(({ n }) => circled(n))} ${title}${!headed && html` <small>${details}</small>`}</summary>
${headed && html`<p><small>${details}</small></p>`}
${quotes.map(({ n, text }) => html`<blockquote>${mark(n)}${text}</blockquote>`)}
</details></li>`,
  )}</ul>`
}
</div>`

  function headView({ printed, parts }: Head): Html {
    return html`${printed && html`<p class="head">${printed}</p>`}${parts.map(
      ({ title, lines: told }) =>
        html`${title && html`<p class="title">${title}</p>`}${told.map(lineView)}`,
    )}`
  }

  function lineView({ label, sides }: Line): Html {
    return html`<p>${label && html`<em>${label}</em>`}${sides.map(
      (side, i) =>
        html`${i > 0 && html`<br>`}${side.text}${side.citations.map(mark)}${beside?.(side)}`,
    )}</p>`
  }

  /** ①, leading to its source; spoken as what it is. */
  function mark(n: number): Html {
    const citation = answer.citations.find((one) => one.n === n)
    const href = citation && sourceHref(citation)
    return href
      ? html`<a class="mark" href="${href}" aria-label="出处 ${n}">${circled(n)}</a>`
      : html`<span class="mark">${circled(n)}</span>`
  }
}
