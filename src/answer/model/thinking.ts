import { readLexicon, type WordClass } from '../../language/lexicon.ts'
import { LEAD } from './read-json.ts'

export const THINKING: readonly WordClass[] = readLexicon(new URL('thinking.txt', import.meta.url))

const MARKS = THINKING.flatMap(({ name, entries }) =>
  entries.map(({ word }) => [word, name] as const),
)
const NAME_OF = new Map(MARKS)
const longestFirst = [...NAME_OF.keys()].toSorted((a, b) => b.length - a.length)
const LONGEST = longestFirst[0]!.length
const ANY = new RegExp(`(${longestFirst.map((mark) => RegExp.escape(mark)).join('|')})`, 'i')

export interface Listener {
  /** Takes a piece of the answer. */
  (piece: string): void
}

/**
 * What a model writes without its thinking, while it comes in, however it is cut. `listen` is called
 * for a listener at the beginning, and again where what was heard so far turns out to have been thinking.
 * A mark in a string of the answer's JSON is one of its words.
 */
export function createAnswerText(listen: () => Listener) {
  let tell = listen()
  let answer = ''
  let strings = createStrings()
  /** What stood before a thought: the answer, where nothing follows the thought. */
  let before = ''
  let isThought = false
  /** May be the beginning of a mark. */
  let held = ''

  return {
    add(piece: string) {
      const parts = (held + piece).split(ANY)
      const last = parts.pop()!
      for (const part of parts) take(part)
      const rest = last.length - beginning(last)
      held = last.slice(rest)
      take(last.slice(0, rest))
    },
    /** All of the answer. */
    end(): string {
      take(held)
      held = ''
      return answer.trim() === '' ? before : answer
    },
  }

  function take(text: string) {
    const mark = strings.isInside() ? undefined : NAME_OF.get(text.toLowerCase())
    if (mark === 'thought') isThought = true
    else if (mark === 'answer') {
      before = isThought ? before + answer : ''
      isThought = false
      anew()
    } else if (isThought || text === '') return
    else if (mark === 'head') anew()
    else {
      answer += text
      strings.read(text)
      tell(text)
    }
  }

  function anew() {
    answer = ''
    strings = createStrings()
    tell = listen()
  }
}

/** Reads a text, and tells whether it has come into a string of the JSON object that it begins with. */
function createStrings() {
  let lead = ''
  let depth = 0
  let isInside = false
  let isEscaped = false

  return {
    isInside: () => isInside,
    read(text: string) {
      for (const c of text) step(c)
    },
  }

  function step(c: string) {
    if (isEscaped) isEscaped = false
    else if (isInside && c === '\\') isEscaped = true
    else if (depth > 0 && c === '"') isInside = !isInside
    else if (isInside) return
    else if (depth > 0) depth += (OPENING.includes(c) ? 1 : 0) - (CLOSING.includes(c) ? 1 : 0)
    else {
      if (c === '{' && LEAD.test(lead)) depth = 1
      lead += c
    }
  }
}

const OPENING = '{['
const CLOSING = ']}'

/** How much of a text's end may be the beginning of a mark. */
function beginning(text: string): number {
  const end = text.slice(1 - LONGEST).toLowerCase()
  for (let n = end.length; n > 0; n--) {
    const tail = end.slice(-n)
    if (longestFirst.some((mark) => mark.startsWith(tail))) return n
  }
  return 0
}
