import { chinaDay, chinaHour } from '../china-time.ts'
import type { ConversationStore } from '../conversation/conversation-store.ts'
import type { Follow, WaitingNews } from '../conversation/follows.ts'
import { MOST_SHOWN, newsParts } from '../conversation/news-parts.ts'
import { FOLLOWING } from '../conversation/wording.ts'
import { judgeButtons, sourceRows } from './answer-question.ts'
import type { BotSettings } from './exchange.ts'
import { bold } from './formatted.ts'
import { unfollowRows } from './follow.ts'
import { renderAnswer } from './render-answer.ts'
import type { Letter, Letters } from './send-letters.ts'
import { messagesOf } from './send.ts'

export interface FollowLettersDeps {
  readonly store: Pick<ConversationStore, 'follows' | 'recordNews' | 'sentAs' | 'show'>
  readonly settings: Pick<BotSettings, 'allowed' | 'staff'>
  readonly pseudonym: (...what: readonly (string | number)[]) => string
  readonly now: () => number
}

/** The hours of China's day in which telephones may ring. */
const DAY = { from: 8, to: 22 }

/** News of what people follow: in the day, and to a chat once a day at most. */
export function followLetters({ store, settings, pseudonym, now }: FollowLettersDeps): Letters {
  return (mayWrite) => {
    const hour = chinaHour(now())
    if (hour < DAY.from || hour >= DAY.to) return undefined
    const day = chinaDay(now())
    const waiting = store.follows.waiting(
      (follow) => mayBeTold(follow) && mayWrite(follow.chatId!),
      day,
    )
    return waiting && letterOf(waiting, day)
  }

  /** Of a group it is not known who follows; somebody who may, or did when they asked. */
  function mayBeTold({ chatId }: Follow): boolean {
    const { allowed, staff } = settings
    if (chatId === null) return false
    return allowed.size === 0 || chatId < 0 || allowed.has(chatId) || staff.has(chatId)
  }

  function letterOf(waiting: WaitingNews, day: string): Letter {
    const { user, chat } = waiting.news[0].follow
    const id = pseudonym('news', chat, day)
    const { messages, whole, spot } = composed(waiting, day, id)
    return {
      kind: 'news',
      messages,
      arrived: (message) =>
        store.follows.told(waiting, day, () => {
          const question = FOLLOWING.asked(whole)
          store.recordNews({ id, chat, user, question, answer: whole, askedAt: now() })
          store.sentAs(id, message)
          store.show(id, pseudonym('message', spot.chatId, message))
        }),
      // Who may say nothing today may tomorrow.
      refused: (why) =>
        why === 'silenced'
          ? store.follows.told({ ...waiting, ids: [] }, day)
          : store.follows.endAll(chat),
    }
  }
}

/** As much as one message holds. */
function composed({ news }: WaitingNews, today: string, id: string) {
  const [{ follow }] = news
  const spot = {
    chatId: follow.chatId!,
    threadId: follow.threadId ?? undefined,
    replyTo: undefined,
  }
  const followed = [...new Map(news.map((one) => [one.follow.id, one.follow])).values()]
  for (let most = MOST_SHOWN; ; most--) {
    const { whole, parts, rest } = newsParts(news, today, most)
    const messages = messagesOf(spot, {
      blocks: [
        ...parts.flatMap(({ head, answer, more }) => [
          bold(head),
          ...renderAnswer(answer, { today }),
          more,
        ]),
        rest,
      ],
      keyboard: [...sourceRows(id, whole), judgeButtons(id), ...unfollowRows(followed)],
    })
    if (messages.length === 1 || most === 1) return { messages, whole, spot }
  }
}
