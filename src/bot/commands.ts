import type { Api } from 'grammy'
import type { BotCommand, BotCommandScope, UserFromGetMe } from 'grammy/types'
import type { Logger } from '../log.ts'
import { plainError } from './plain-error.ts'

const START = { command: 'start', description: '这是什么，怎么问' }
const ASK = { command: 'ask', description: '提问：/ask 新建厂房怎么接电' }
const COMMON = [
  { command: 'source', description: '看上一个回答的出处：/source 1' },
  { command: 'articles', description: '翻看报道，可加关键词：/articles 贷款' },
  { command: 'check', description: '核对一句话，报道里是不是这么说' },
  { command: 'follow', description: '关注一件事，有新报道就告诉您：/follow 专利贷款 濮阳市' },
  { command: 'place', description: '设定所在地：/place 濮阳市' },
  { command: 'abort', description: '停下正在写的回答' },
  { command: 'forget', description: '删除我的记录' },
  { command: 'privacy', description: '保存什么，保存多久' },
  { command: 'help', description: '能做什么' },
] satisfies BotCommand[]
const STAFF = [
  { command: 'stats', description: '工作人员：用量与回答情况' },
  { command: 'unanswered', description: '工作人员：未答上来的问题' },
  { command: 'feedback', description: '工作人员：读者指出的错误' },
] satisfies BotCommand[]

export interface ScopedCommands {
  readonly scope: BotCommandScope
  readonly commands: readonly BotCommand[]
}

/** What Telegram's menu offers: to everyone in private, in groups, and to each of the staff. */
export function scopedCommands(staff: readonly number[]): ScopedCommands[] {
  return [
    { scope: { type: 'all_private_chats' }, commands: [START, ...COMMON] },
    { scope: { type: 'all_group_chats' }, commands: [ASK, ...COMMON] },
    ...staff.map(commandsOfStaff),
  ]
}

export function commandsOfStaff(id: number): ScopedCommands {
  return { scope: { type: 'chat', chat_id: id }, commands: [START, ...COMMON, ...STAFF] }
}

/** Puts commands into Telegram's menu; the bot serves without them too. */
export async function offerCommands(
  api: Api,
  scoped: readonly ScopedCommands[],
  log: Logger,
): Promise<void> {
  for (const { scope, commands } of scoped) {
    try {
      await api.setMyCommands([...commands], { scope })
    } catch (error) {
      // Telegram knows a member of staff only after they have written to the bot.
      log.warn({ err: plainError(error), scope: scope.type }, 'commands could not be registered')
    }
  }
}

/** The commands as a person reads them. */
export function helpText(me: UserFromGetMe, { staff }: { staff: boolean }): string {
  const line = ({ command, description }: BotCommand) => `/${command} ${description}`
  return [
    '直接发一句话就是提问；接着问“那要多久？”也行。',
    '在群里：@我、回复我，或用 /ask 提问。',
    ...(me.supports_inline_queries
      ? [`在别的对话里：写 @${me.username} 和问题，选一条回答发出去。`]
      : []),
    '回答后面的 ①② 是出处，点按钮看原文。',
    '',
    ...COMMON.map(line),
    ...(staff ? STAFF.map(line) : []),
  ].join('\n')
}
