import { type Replied, replyOf } from '../../answer/reply.ts'
import { answerView } from '../../web/answer-view.ts'
import { type Html, html } from '../../web/html.ts'

/** An answer as its readers see it; each ① leads to where its sentence stands beside it. */
export function replyPart(answer: Replied, today: string): Html {
  const { readings } = replyOf(answer, today)
  return html`${answerView(answer, { today, sourceHref: ({ n }) => `#cite-${n}` })}
${readings.length > 0 && html`<ul>${readings.map((reading) => html`<li><a href="/desk/ask?question=${encodeURIComponent(reading)}">${reading}</a></li>`)}</ul>`}`
}
