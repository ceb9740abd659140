import { type Line, type Replied, replyOf } from '../../answer/reply.ts'
import { type Html, type Part, html } from '../../web/html.ts'

/** An answer as its readers see it; each ① leads to where its sentence stands. */
export function replyPart(answer: Replied, today: string): Html {
  const { understood, heads, lines, readings, sources } = replyOf(answer, today)
  return html`<div class="reply">
${understood && html`<p class="soft">${understood}</p>`}
${heads.map(
  ({ printed, parts }) => html`<div>${printed && html`<p class="printed">${printed}</p>`}
${parts.map(({ title, lines: told }) => [title && html`<p class="title">${title}</p>`, told.map(linePart)])}</div>`,
)}
${lines.map(linePart)}
${readings.length > 0 && html`<ul>${readings.map((reading) => html`<li><a href="/desk/ask?question=${encodeURIComponent(reading)}">${reading}</a></li>`)}</ul>`}
${sources.length > 0 && html`<p class="soft">出处</p><ul class="plain soft">${sources.map(({ marks, title, details }) => html`<li>${marked(marks)} ${title} · ${details}</li>`)}</ul>`}
</div>`
}

const linePart = ({ label, text, marks }: Line) =>
  html`<p>${label && html`<strong>${label}</strong>`}${marks === '' ? marked(text) : text}${marked(marks)}</p>`

const FIRST = '①'.codePointAt(0)!

/** Text with its marks as links; a conflict has them within. */
function marked(text: string): Part {
  return text
    .split(/([①-⑳])/u)
    .map((part, i) =>
      i % 2 === 1 ? html`<a href="#cite-${part.codePointAt(0)! - FIRST + 1}">${part}</a>` : part,
    )
}
