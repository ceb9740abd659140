import type { InlineKeyboardButton } from 'grammy/types'
import { courtesyIn } from '../../answer/courteous.ts'
import type { Asked } from '../../stores/conversations.ts'
import type { StaffReply } from '../../stores/staff-replies.ts'
import type { Answer } from '../../corpus.ts'
import { type Tap, toCallbackData } from '../callback-data.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { SAY } from '../replies.ts'

type Row = readonly InlineKeyboardButton[]

/** A button for who asked that asks staff to answer, where there is a desk that sees it; `message` asks the question. */
export function callStaffRows(
  { settings }: Pick<BotDeps, 'settings'>,
  { user, isOfChat }: Exchange,
  asked: Asked,
  message: number | undefined,
): Row[] {
  const isTheirs = asked.user === user && !isOfChat
  if (!settings.hasDesk || !isTheirs || message === undefined) return []
  const tap = { kind: 'callStaff', asked: asked.id, message } as const
  return [[{ text: '请工作人员回复', callback_data: toCallbackData(tap) }]]
}

/** Whether an answer leaves its reader with nothing but staff to ask. */
export const isRefused = (answer: Answer) => answer.status === 'not_found' && !courtesyIn(answer)

/** Notes where staff's reply shall go, for who asked the question. */
export async function callStaff(
  { store, replies, settings, now }: BotDeps,
  { say, user, spot: { chatId, threadId } }: Exchange,
  { asked, message }: Extract<Tap, { kind: 'callStaff' }>,
): Promise<void> {
  const question = await store.find(asked)
  if (!question || !settings.hasDesk) return say(SAY.gone)
  await replies.open(asked, user, { chatId, threadId: threadId ?? null, message }, now())
  const answered = answeredText(await replies.find(asked))
  if (answered !== undefined) return say(answered)
  const stop = toCallbackData({ kind: 'uncallStaff', asked })
  say({
    blocks: [SAY.staffCalled(settings.keepDays)],
    keyboard: [[{ text: '不用了', callback_data: stop }]],
  })
}

/** Forgets where it should have gone, and says so in the place of the message that promised it. */
export async function uncallStaff(
  { replies }: BotDeps,
  { say, user }: Exchange,
  { asked }: Extract<Tap, { kind: 'uncallStaff' }>,
  promised: number | undefined,
): Promise<void> {
  await replies.withdraw(asked, user)
  const answered = answeredText(await replies.find(asked))
  say({ blocks: [answered ?? SAY.staffUncalled], over: promised })
}

/** What became of a reply that was written; nothing where none was, or it could not be sent. */
function answeredText(reply: StaffReply | undefined): string | undefined {
  if (reply?.state === 'written') return SAY.staffReplied
  return reply?.state === 'sent' ? SAY.staffReplySent : undefined
}
