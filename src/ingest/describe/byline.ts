import type { Byline } from '../../corpus.ts'
import type { Item } from '../item.ts'

const LEAD_NAMES = /^(?:本\s*报[^（(]{0,16}讯?)?\s*[（(]([^（）()]{2,60})[）)]/u
const ROLES =
  /(?:本报|本刊)?(?:首席|见习|实习|特约|全媒体)*(?:记者|通讯员|实习生|评论员)|执笔人?|作者|撰稿|摄影报道|摄影|供图|[文图摄]\s*[/／]|[/／]?\s*[文图摄](?=[）)\s]|$)/gu
const OFFICE = /^[\p{Script=Han}]{1,2}[ 　]?[\p{Script=Han}]{1,3}/u
const NOT_NAMES = /(?:调研组|委员会|办公室|[局委办院部厅社团会]$|选工委|提案委)/u

/** Who wrote an item, from its lead and its credits. */
export function bylineOf(item: Item): Byline {
  const reporters: string[] = []
  const correspondents: string[] = []
  const authors: string[] = []
  let editor: string | null = null
  const lead = LEAD_NAMES.exec(item.body[0]?.text ?? '')?.[1]
  const sources = lead && /记者|通讯员/u.test(lead) ? [lead] : []
  let roster = false
  for (const { text } of item.credits) {
    const edited = /^(?:责任编辑|本版编辑|编辑|责编)[：:\s]*(.+)$/u.exec(text)?.[1]
    if (edited) editor = namesIn(edited)[0] ?? null
    else if (/成员[：:]|人员[：:]|执笔[：:]/u.test(text)) {
      roster = true
      authors.push(...namesIn(text.split(/[：:]/u)[1] ?? ''))
    } else if (roster) {
      const name = OFFICE.exec(
        text.replace(/[（(〔].*$/u, '').split(/[ 　]{1,}(?=[\p{Script=Han}]{4,})/u)[0] ?? '',
      )?.[0]
      if (name) authors.push(name.replace(/\s/gu, ''))
    } else sources.push(text)
  }
  for (const text of sources) readRoles(text, { reporters, correspondents, authors })
  return {
    reporters: unique(reporters),
    correspondents: unique(correspondents),
    authors: unique(authors),
    editor,
  }
}

/** Splits 记者 甲 乙 通讯员 丙 into names under their role. */
function readRoles(
  text: string,
  into: { reporters: string[]; correspondents: string[]; authors: string[] },
): void {
  let list = into.authors
  let from = 0
  for (const match of text.matchAll(ROLES)) {
    list.push(...namesIn(text.slice(from, match.index)))
    from = match.index + match[0].length
    if (/记者/u.test(match[0])) list = into.reporters
    else if (/通讯员|实习生/u.test(match[0])) list = into.correspondents
    else if (/评论员|执笔|作者|撰稿/u.test(match[0])) list = into.authors
  }
  list.push(...namesIn(text.slice(from)))
}

const SURNAME_ALONE = /^[\p{Script=Han}]$/u

function namesIn(text: string): string[] {
  const pieces = text
    .replace(/《[^》]*》/gu, ' ')
    .split(/[\s、，,；;/／()（）〔〕■●◆▲□：:]+/u)
    .filter(Boolean)
  const names: string[] = []
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i]!
    if (SURNAME_ALONE.test(piece) && SURNAME_ALONE.test(pieces[i + 1] ?? '')) {
      names.push(piece + pieces[++i]!)
    } else if (/^[\p{Script=Han}·]{2,4}$/u.test(piece) && !NOT_NAMES.test(piece)) names.push(piece)
  }
  return names
}

const unique = (names: readonly string[]) => [...new Set(names)]
