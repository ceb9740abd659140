import type { AnswerOptions } from '../answer/answer.ts'
import { citation } from '../answer/cite.ts'
import { courtesyIn } from '../answer/courteous.ts'
import { readingsOf } from '../answer/readings.ts'
import type { Answer, Citation, Passage, Question, Turn } from '../corpus.ts'
import { findPlaces, placesNamed } from '../language/places.ts'
import { unnamedPlace } from '../retrieval/asked-places.ts'
import { asksTheSame } from '../retrieval/follow-up/asks-the-same.ts'
import type { Conversations } from '../stores/conversations.ts'
import type { Span } from '../traced.ts'
import { quoteMarks, spanMarks } from './quote-marks.ts'

/** What one chat remembers: plain data, so that any door can store it as it likes. */
export interface Chat {
  /** Where the asker is, in full: 濮阳市. */
  readonly place: string | null
  /** What was said last; whether a question follows on is read from it and from its own words. */
  readonly history: readonly Turn[]
  readonly last: Answer | null
}

export const NEW_CHAT: Chat = { place: null, history: [], last: null }

/** A follow-up rarely reaches further back, and hardly ever after a pause. */
export const REMEMBERED_TURNS = 4
export const REMEMBERED_MS = 2 * 3600 * 1000

/** A source as it is opened from an answer: the passage around the quote, and where the quote stands in its text. */
export interface OpenedSource {
  readonly citation: Citation
  readonly passage: Passage
  readonly marks: readonly Span[]
}

export interface AskOptions extends AnswerOptions {
  /** The day on which it was asked, YYYY-MM-DD; today when not given. */
  readonly date?: string
  /** False where the asker showed that it goes on from nothing; otherwise its words tell, or that it was just offered. */
  readonly followsUp?: boolean
}

export interface ConversationDeps {
  readonly answer: (question: Question, options?: AnswerOptions) => Promise<Answer>
  readonly passages: (articleId: string) => Promise<Passage[]>
}

/** One conversation for every door: the terminal and Telegram ask, open sources and remember alike. */
export function createConversation({ answer, passages }: ConversationDeps) {
  return {
    /** Answers a question in its chat; the chat that remembers it comes back beside the answer. */
    async ask(
      chat: Chat,
      question: string,
      { date, followsUp, ...options }: AskOptions = {},
    ): Promise<{ chat: Chat; answer: Answer }> {
      const goesOn = followsUp ?? !isOffered(chat, question)
      const history = goesOn ? [...chat.history] : []
      const asked = {
        question,
        history,
        ...(chat.place && { place: chat.place }),
        ...(date && { date }),
      }
      const answered = await answer(asked, options)
      const told: Answer = goesOn ? answered : { ...answered, alone: true }
      return { answer: told, chat: remember({ ...chat, history }, told) }
    },

    /**
     * The passage behind source `n` of what was told last; nothing when there is none with that number,
     * or when its article is no longer in the index.
     */
    async open(
      { last }: { readonly last: Pick<Answer, 'citations'> | null },
      n: number,
    ): Promise<OpenedSource | undefined> {
      const cited = last?.citations.find((c) => c.n === n)
      if (!cited) return undefined
      const passage = (await passages(cited.articleId)).find(({ id }) => id === cited.passageId)
      return passage && { citation: cited, passage, marks: quoteMarks(passage, cited) }
    },

    /** The passage of an article that has most of some spans of its source; nothing when none has any. */
    async openAt(articleId: string, spans: readonly Span[]): Promise<OpenedSource | undefined> {
      const [best] = (await passages(articleId))
        .map((passage) => ({ passage, marks: spanMarks(passage, spans) }))
        .toSorted((a, b) => lengthOf(b.marks) - lengthOf(a.marks))
      const [first, last] = [best?.marks[0], best?.marks.at(-1)]
      if (!best || !first || !last) return undefined
      const { passage, marks } = best
      return {
        citation: citation({ passage, start: first.start, end: last.end }, 1),
        passage,
        marks,
      }
    },
  }
}

/** Whether it is what the last answer offered to ask alone, typed instead of chosen. */
const isOffered = ({ last }: Chat, question: string) =>
  last !== null && readingsOf(last).some((offered) => asksTheSame(offered, question))

const lengthOf = (marks: readonly Span[]) =>
  marks.reduce((sum, { start, end }) => sum + end - start, 0)

export type Conversation = ReturnType<typeof createConversation>

/**
 * A chat as one person in it sees it: its place, and what they asked after a time and until another. What
 * others asked in a group, or they themselves yesterday, is another conversation.
 */
export async function chatOf(
  { recent, place }: Pick<Conversations, 'recent' | 'place'>,
  chat: string,
  user: string,
  since: number,
  until?: number,
): Promise<Chat> {
  const answers = await recent(chat, user, { since, until, limit: REMEMBERED_TURNS })
  return {
    place: await place(chat),
    history: answers.toReversed().map(turnOf),
    last: answers.find((answer) => !courtesyIn(answer)) ?? null,
  }
}

/** The chat after an answer; the sources of the one before stay open after a courtesy. */
export function remember(chat: Chat, answer: Answer): Chat {
  return {
    ...chat,
    last: courtesyIn(answer) ? chat.last : answer,
    history: isTurn(answer)
      ? [...chat.history, turnOf(answer)].slice(-REMEMBERED_TURNS)
      : chat.history,
  }
}

/** Whether later questions may go on from it: from a word that something was offered for, not from thanks. */
export function isTurn(answer: Answer): boolean {
  const courtesy = courtesyIn(answer)
  return !courtesy || courtesy.readings !== undefined
}

/** Whether a question was answered of 我市 or 咱县 in a chat that nobody told where it is. */
export function placeUnknown({ place }: Chat, { standalone, citations }: Answer): boolean {
  return place === null && citations.length > 0 && unnamedPlace(standalone) !== null
}

/** A question made whole is a sentence or two; one that grew with every follow-up says nothing any more. */
const LONGEST_WHOLE = 120

/** A question made whole and what was answered, as later questions look back on it. */
export function turnOf({ question, standalone, statements, alone }: Answer): Turn {
  return {
    question: standalone.length > LONGEST_WHOLE ? question : standalone,
    answer: statements.map(({ text }) => text).join(''),
    ...(alone && { alone }),
  }
}

/** What a place is called in full, whether we know it or not: 海城市, also 津市市; but 海城市市 is a slip. */
const FULL_NAME = /^\p{Script=Han}{1,8}([省市县区旗州盟镇乡])(?<!^..+\1\1)$/u

/** The full name of a place given by any of its names, the broadest when several share it; one that we don't know by its full name only. */
export function placeNamed(name: string): string | undefined {
  const given = name.trim()
  return placesNamed(given)[0]?.name ?? FULL_NAME.exec(given)?.[0]
}

/** A question as asked of another place: the places it names are replaced, or the place put before it. */
export function askedOf(place: string, question: string): string {
  const mentions = findPlaces(question)
  if (mentions.length === 0) return `${place}${question}`
  let at = 0
  const parts = mentions.flatMap(({ start, end }, i) => {
    // 河南省濮阳市台前县 is one place in three words.
    const goesOn = i > 0 && start === at
    const before = question.slice(at, start)
    at = end
    return goesOn ? [] : [before]
  })
  return [...parts, question.slice(at)].join(place)
}
