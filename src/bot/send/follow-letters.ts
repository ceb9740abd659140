import { chinaDay, chinaHour } from '../../china-time.ts'
import type { Moves } from '../incoming/moves.ts'
import type { Follow, Follows, WaitingNews } from '../../stores/follows.ts'
import type { Answer } from '../../corpus.ts'
import { MOST_SHOWN, newsParts } from '../../conversation/news-parts.ts'
import { FOLLOWING } from '../../conversation/wording.ts'
import { judgeButtons, sourceRows } from '../handlers/answer-question.ts'
import type { BotSettings } from '../exchange.ts'
import { isNamedOtherwise } from '../incoming/guard.ts'
import { bold } from '../render/formatted.ts'
import { unfollowRows } from '../handlers/follow.ts'
import { renderAnswer } from '../render/render-answer.ts'
import type { Letter, Letters } from './send-letters.ts'
import { messagesOf } from './send.ts'

export interface FollowLettersDeps {
  readonly follows: Pick<Follows, 'waiting' | 'told' | 'endAll'>
  readonly moves: Pick<Moves, 'otherNamesOf'>
  readonly settings: Pick<BotSettings, 'allowed' | 'staff'>
  readonly pseudonym: (...what: readonly (string | number)[]) => string
  readonly now: () => number
}

/** The hours of China's day in which telephones may ring. */
const DAY = { from: 8, to: 22 }

/** News of what people follow: in the day, and to a chat once a day at most. */
export function followLetters({
  follows,
  moves,
  settings,
  pseudonym,
  now,
}: FollowLettersDeps): Letters {
  /** What those are called who may ask wherever they are. */
  const named = new Set([...settings.allowed, ...settings.staff].map((id) => pseudonym('user', id)))

  return async (mayWrite) => {
    if (!isDay()) return undefined
    const day = chinaDay(now())
    const waiting = await follows.waiting(
      (follow) => mayBeTold(follow) && mayWrite(follow.chatId!),
      day,
    )
    return waiting && letterOf(waiting, day)
  }

  function isDay(): boolean {
    const hour = chinaHour(now())
    return hour >= DAY.from && hour < DAY.to
  }

  /** Whether whoever follows it may ask there. */
  function mayBeTold({ chatId, user }: Follow): boolean {
    const { allowed } = settings
    if (chatId === null) return false
    if (allowed.size === 0 || allowed.has(chatId) || named.has(user)) return true
    return isNamedOtherwise({ settings, moves, pseudonym }, chatId)
  }

  function letterOf(waiting: WaitingNews, day: string): Letter {
    const { user, chat } = waiting.news[0].follow
    const id = pseudonym('news', chat, day)
    const { messages, whole, spot } = composed(waiting, day, id)
    // One forgets without the others: what several follow is nobody's, and holds the words of none.
    const isOfOne = waiting.followed.every((one) => one.user === user)
    const answer = isOfOne ? whole : calledByArticles(whole)
    return {
      kind: 'news',
      messages,
      mayCome: isDay,
      arrived: (message) =>
        follows.told(waiting, day, {
          asked: {
            id,
            chat,
            user: isOfOne ? user : pseudonym('news', chat),
            question: FOLLOWING.asked(answer),
            answer,
            askedAt: now(),
          },
          sent: { asked: id, chat, message, name: pseudonym('message', spot.chatId, message) },
        }),
      // Who may say nothing today may tomorrow, and a topic may be opened again.
      refused: (why) =>
        why === 'left' || why === 'gone'
          ? follows.endAll(chat)
          : follows.told({ ...waiting, ids: [] }, day),
    }
  }
}

/** Called as the articles are that it tells of. */
function calledByArticles(answer: Answer): Answer {
  const headlines = answer.citations.flatMap(({ headline }) => headline ?? [])
  const question = [...new Set(headlines)].join('；') || FOLLOWING.unnamed
  return { ...answer, question, standalone: question }
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
