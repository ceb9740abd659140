import type { StaffReplies } from '../../stores/staff-replies.ts'
import { bold } from '../render/formatted.ts'
import type { Letters } from './send-letters.ts'
import { messagesOf } from './send.ts'

export interface StaffLettersDeps {
  readonly replies: StaffReplies
  readonly now: () => number
}

/** Why a reply will never arrive, in a sentence for staff. */
const FAILURES = {
  left: '读者停用了机器人，或者机器人已不在那个群里。',
  gone: '那段对话已经不在，或者机器人不能在那里说话。',
  silenced: '群里不让机器人说话。',
}

/** What staff wrote to readers who wanted it, in reply to their question. */
export function staffLetters({ replies, now }: StaffLettersDeps): Letters {
  return async (mayWrite) => {
    const first = (await replies.toSend()).find(({ to }) => mayWrite(to.chatId))
    if (!first) return undefined
    const { asked, to, reply } = first
    const head = reply.signature ? `工作人员回复（${reply.signature}）` : '工作人员回复'
    return {
      kind: 'a reply of the staff',
      messages: messagesOf(
        { chatId: to.chatId, threadId: to.threadId ?? undefined, replyTo: to.message },
        { blocks: [bold(head), reply.text] },
      ),
      arrived: () => replies.sent(asked, now()),
      refused: (why) =>
        replies.failed(asked, FAILURES[why === 'left' || why === 'silenced' ? why : 'gone'], now()),
    }
  }
}
