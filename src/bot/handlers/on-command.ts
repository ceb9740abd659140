import type { Message } from 'grammy/types'
import { circled } from '../../answer/reply.ts'
import { EXAMPLES } from '../../conversation/wording.ts'
import { answerQuestion, chatFor } from './answer-question.ts'
import { toCallbackData } from '../callback-data.ts'
import { checkClaim } from './check-claim.ts'
import { commandsOfStaff, helpText, offerCommands } from '../commands.ts'
import { parseStart } from '../deep-link.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { FORGET_ALL, askForget, forget } from './forget.ts'
import { follow } from './follow.ts'
import { askText } from './on-message.ts'
import { askPlace, settlePlace } from './place.ts'
import { PRIVACY_TEXT, SAY, START } from '../replies.ts'
import { aboutOf, questionIn } from '../incoming/said.ts'
import { articleList, showArticle, showSource, showWords } from './show-source.ts'
import { complaintList, statsMessage, unansweredList } from './staff.ts'
import { wasTooOld } from '../incoming/too-old.ts'
import { cut } from '../../code-points.ts'

/** One command: what was written after it, in which message. */
export type Command = (
  deps: BotDeps,
  exchange: Exchange,
  argument: string,
  message: Message,
) => Promise<void>

export const COMMANDS: Readonly<Record<string, Command>> = {
  async start(deps, exchange, argument) {
    const link = parseStart(argument)
    if (link?.kind === 'article') return showArticle(deps, exchange, link.reference)
    if (link?.kind === 'words') return showWords(deps, exchange, link)
    const typed = link && deps.offered.get(link.name)
    if (typed)
      return answerQuestion(deps, exchange, {
        question: typed.question,
        askedAt: exchange.at,
        chat: await chatFor(deps, exchange),
        shown: true,
      })
    if (exchange.isStaff && exchange.isPrivate)
      void offerCommands(exchange.api, [commandsOfStaff(exchange.userId)], exchange.log)
    const keyboard = EXAMPLES.map((text, n) => [
      { text, callback_data: toCallbackData({ kind: 'example', n }) },
    ])
    exchange.say({ blocks: [START], keyboard })
  },
  async help({ me }, { say, isStaff, isPrivate }) {
    say(helpText(me, { staff: isStaff && isPrivate }))
  },
  async privacy({ settings }, { say }) {
    say(PRIVACY_TEXT(settings.keepDays, settings.hasDesk))
  },
  async ask(deps, exchange, _argument, message) {
    if (wasTooOld(deps, message, exchange)) return
    await askText(deps, exchange, message, questionIn(message, deps.me))
  },
  async place(deps, exchange, argument) {
    if (argument === '取消') {
      await deps.store.setPlace(exchange.chat, null, exchange.user)
      return exchange.say(SAY.placeCleared)
    }
    if (argument) return settlePlace(deps, exchange, argument)
    await askPlace(deps, exchange, undefined)
  },
  async source(deps, exchange, argument, message) {
    const repliedTo = message.reply_to_message?.message_id
    const replied =
      repliedTo === undefined ? undefined : await deps.store.findByMessage(exchange.chat, repliedTo)
    const asked = replied ?? (await deps.store.latest(exchange.chat))
    const count = asked?.answer.citations.length ?? 0
    if (!asked || count === 0) return exchange.say(SAY.noAnswerYet)
    if (argument || count === 1) return showSource(deps, exchange, asked, Number(argument || 1))
    const keyboard = asked.answer.citations.map(({ n, headline }) => [
      {
        text: `${circled(n)} ${headline ?? '原文'}`,
        callback_data: toCallbackData({ kind: 'source', asked: asked.id, n }),
      },
    ])
    exchange.say({ blocks: ['看哪一条出处？'], keyboard })
  },
  async articles(deps, exchange, argument) {
    exchange.say(await articleList(deps, oneLine(argument), 0))
  },
  async check(deps, exchange, argument, message) {
    if (wasTooOld(deps, message, exchange)) return
    await checkClaim(deps, exchange, argument || aboutOf(message, deps.me))
  },
  async follow(deps, exchange, argument) {
    await follow(deps, exchange, oneLine(argument))
  },
  async forget(deps, exchange, argument) {
    exchange.say(argument === FORGET_ALL ? await forget(deps, exchange) : askForget(exchange))
  },
}

/** Only for staff, and only where nobody else reads along. */
export const STAFF_COMMANDS: Readonly<Record<string, Command>> = {
  async stats(deps, { say }) {
    say(await statsMessage(deps))
  },
  async unanswered(deps, { say }) {
    say(await unansweredList(deps, 0))
  },
  async feedback(deps, { say }) {
    say(await complaintList(deps, 0))
  },
}

/** A list carries its query in its first line. */
const oneLine = (text: string) => cut(text.replaceAll(/\s+/g, ' '), 100)
