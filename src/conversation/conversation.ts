import type { Answer, Citation, Passage, Question, Turn } from '../corpus.ts'
import type { Span } from '../traced.ts'
import { quoteMarks } from './quote-marks.ts'

/** What one chat remembers: plain data, so that any door can store it as it likes. */
export interface Chat {
  readonly place: string | null
  readonly history: readonly Turn[]
  readonly last: Answer | null
}

export const NEW_CHAT: Chat = { place: null, history: [], last: null }

/** A follow-up rarely reaches further back. */
const REMEMBERED_TURNS = 4

/** A source as it is opened from an answer: the passage around the quote, and where the quote stands in its text. */
export interface OpenedSource {
  readonly citation: Citation
  readonly passage: Passage
  readonly marks: readonly Span[]
}

export interface ConversationDeps {
  readonly answer: (question: Question) => Promise<Answer>
  readonly passages: (articleId: string) => Promise<Passage[]>
}

/** One conversation for every door: the terminal and Telegram ask, open sources and remember alike. */
export function createConversation({ answer, passages }: ConversationDeps) {
  return {
    /** Answers a question in its chat; the chat that remembers it comes back beside the answer. */
    async ask(chat: Chat, question: string): Promise<{ chat: Chat; answer: Answer }> {
      const answered = await answer({
        question,
        history: [...chat.history],
        ...(chat.place && { place: chat.place }),
      })
      const turn = {
        question: answered.standalone,
        answer: answered.statements.map((s) => s.text).join(''),
      }
      return {
        answer: answered,
        chat: {
          ...chat,
          last: answered,
          history: [...chat.history, turn].slice(-REMEMBERED_TURNS),
        },
      }
    },

    /** The passage behind source `n` of the last answer; nothing when there is none with that number. */
    async open({ last }: Pick<Chat, 'last'>, n: number): Promise<OpenedSource | undefined> {
      const citation = last?.citations.find((c) => c.n === n)
      if (!citation) return undefined
      const passage = (await passages(citation.articleId)).find(
        ({ id }) => id === citation.passageId,
      )
      return passage && { citation, passage, marks: quoteMarks(passage, citation) }
    },
  }
}

export type Conversation = ReturnType<typeof createConversation>
