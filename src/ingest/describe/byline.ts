import type { Byline } from '../../corpus.ts'
import type { Item } from '../item.ts'
import { readLabels } from '../labels.ts'

const LEAD_NAMES =
  /^本\s*报[^（(]{0,16}[（(]([^（）()]{2,60})[）)]|^[（(]((?:本报)?记者[^（）()]{2,60})[）)]/u
const EDITOR = /(?:责任编辑|本版编辑|责编|编辑)[：:\s]*([\p{Script=Han} \u3000]{2,12})/u
const ROSTER_HEAD = /(?:成员|人员|执笔人?)[：:]/u
const ROLES =
  /(?:本报|本刊)?(?:首席|见习|实习|特约|全媒体)*(?:记者|通讯员|实习生|评论员)|执笔人?|作者|撰稿|整理|摄影报道|摄影|供图|[文图摄]\s*[/／]|(?:[/／]\s*|(?<![\s/／])\s+)?[文图摄](?=[）)\s]|$)/gu
/** Names of desks and offices, and words of a caption, which are no people. */
const NO_PERSON = /(?:组|会|室|局|委|办|院|部|厅|社|团|网|报)$|[调研]|来源|编辑|发布|时间/u
const LONGEST_NAME = 4

/** Who is named as what. */
interface People {
  readonly reporters: string[]
  readonly correspondents: string[]
  readonly authors: string[]
}

/** Who wrote an item, from the names in its lead and in its credits. */
export function bylineOf({ kind, body, credits }: Item): Byline {
  const people: People = { reporters: [], correspondents: [], authors: [] }
  if (kind === 'table') return { ...people, editor: null }
  const lead = LEAD_NAMES.exec(body[0]?.text ?? '')
  const named = lead?.[1] ?? lead?.[2]
  if (named && /记者|通讯员/u.test(named)) readRoles(named, people)
  let editor: string | null = null
  let inRoster = false
  for (const { text } of credits) {
    const labels = readLabels(text)
    if (labels) {
      readRoles(labels.get('author')?.value ?? '', people)
      editor ??= namesIn(labels.get('editor')?.value ?? '')[0] ?? null
      continue
    }
    const edited = EDITOR.exec(text)?.[1]
    if (edited) editor ??= namesIn(edited)[0] ?? null
    else if (ROSTER_HEAD.test(text)) {
      inRoster = true
      people.authors.push(...namesIn(text.slice(text.search(/[：:]/u) + 1)))
    } else if (inRoster) people.authors.push(...firstName(text))
    // A document's number and its day name nobody.
    else if (!/[。！？〔\d]/u.test(text)) readRoles(text, people)
  }
  return {
    reporters: unique(people.reporters),
    correspondents: unique(people.correspondents),
    authors: unique(people.authors).filter((name) => !people.reporters.includes(name)),
    editor,
  }
}

/** Reads 记者 甲 乙 通讯员 丙: names after a role have it, names without one are authors. */
function readRoles(text: string, people: People): void {
  let list = people.authors
  let from = 0
  for (const { 0: role, index } of text.matchAll(ROLES)) {
    list.push(...namesIn(text.slice(from, index)))
    from = index + role.length
    list = listOf(role, people) ?? list
  }
  list.push(...namesIn(text.slice(from)))
}

function listOf(role: string, { reporters, correspondents, authors }: People): string[] | null {
  if (role.includes('记者')) return reporters
  if (/通讯员|实习生/u.test(role)) return correspondents
  return /评论员|执笔|作者|撰稿|整理/u.test(role) ? authors : null
}

/** The name that a line of a list begins with, before the office. */
function firstName(text: string): string[] {
  const [first = '', second = ''] = text.replace(/[（(〔].*$/u, '').split(/[ \u3000]+/u)
  const name = isLetter(first) && second.length <= 2 ? first + second : first
  return /^[\p{Script=Han}·]{2,4}$/u.test(name) ? [name] : []
}

const isLetter = (text: string) => /^\p{Script=Han}$/u.test(text)

/** Names parted by space or marks; a name of two characters may have a space within. */
function namesIn(text: string): string[] {
  const pieces = text
    .replace(/《[^》]{0,100}》/gu, ' ')
    .split(/[\s、，,；;/／()（）〔〕■●◆▲□：:]+/u)
    .filter(Boolean)
  return pieces.flatMap((piece, i) => {
    if (isLetter(piece)) {
      const next = pieces[i + 1]
      return next && isLetter(next) && !isLetter(pieces[i - 1] ?? '') ? [piece + next] : []
    }
    return isName(piece) ? [piece] : []
  })
}

const isName = (piece: string) =>
  /^[\p{Script=Han}·]{2,}$/u.test(piece) &&
  (piece.length <= LONGEST_NAME || piece.includes('·')) &&
  !NO_PERSON.test(piece)

const unique = (names: readonly string[]) => [...new Set(names)]
