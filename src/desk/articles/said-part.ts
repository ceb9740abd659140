import { type Html, html } from '../../web/html.ts'
import type { Fault } from './sources.ts'

/** What ingest says of it in English, for who looks closer; staff are told in Chinese what it is about. */
export const saidPart = (said: readonly string[], isOpen = false): Html =>
  html`<details class="said"${isOpen && html` open`}><summary>详情（英文）</summary><ul lang="en">${said.map((sentence) => html`<li>${sentence}</li>`)}</ul></details>`

/** Why a file is not read. */
export const faultPart = ({ isGone, said }: Fault): Html =>
  html`${isGone ? '文件已经不在原处，放回去就能读。' : '为什么，见详情。'}${saidPart([said], !isGone)}`

/** So many lines are named. */
const NAMED = 20

/** Which lines of data could not be read, and how much else. */
export function problemsPart(problems: readonly string[]): Html {
  const lines = problems.flatMap((problem) => lineOf(problem) ?? [])
  const others = problems.length - lines.length
  const named = lines.slice(0, NAMED).join('、')
  const more = lines.length > NAMED ? ` 等 ${lines.length} 行` : ' 行'
  const told = [lines.length > 0 && `第 ${named}${more}`, others > 0 && `另外 ${others} 处`]
  return html`${told.filter(Boolean).join('，')}没有读进来。${saidPart(problems)}`
}

/** The line that a sentence of ingest is about, as `file:line: …`; of other sentences none. */
export const lineOf = (problem: string): string | undefined => /:(\d+): /u.exec(problem)?.[1]
