import { expect, test } from 'vitest'
import { type Heard, isAddressed } from '../../src/bot/incoming/addressed.ts'
import { abortedChat } from '../../src/bot/create-bot.ts'
import { questionIn } from '../../src/bot/incoming/said.ts'

const me = { id: 42, username: 'wence_bot' }

/** A message in a group; mentions get their entities. */
function message(text: string, more: Partial<Heard> = {}): Heard {
  const entities = [...text.matchAll(/@\w+/g)].map((match) => ({
    type: 'mention' as const,
    offset: match.index,
    length: match[0].length,
  }))
  return { chat: { type: 'supergroup' }, text, entities, ...more }
}
const replyTo = (id: number, text: string) => ({ reply_to_message: { from: { id }, text } })

test.each<[string, Heard, boolean]>([
  ['a word among people', message('开会了'), false],
  ['a mention', message('@wence_bot 补贴多少'), true],
  ['a mention in other capitals, at the end', message('补贴多少 @Wence_Bot'), true],
  ['somebody else’s mention', message('@other_bot 补贴多少'), false],
  ['a longer name', message('@wence_bot_2 补贴多少'), false],
  ['a reply to the bot', message('那多久', replyTo(42, '答')), true],
  ['a reply to somebody', message('是的', replyTo(7, '问')), false],
  ['a private chat', message('补贴', { chat: { type: 'private' } }), true],
])('%s', (_name, given, addressed) => {
  expect(isAddressed(given, me)).toBe(addressed)
})

test.each<[Heard, string]>([
  [message('@wence_bot 补贴多少'), '补贴多少'],
  [message('请问@wence_bot，补贴多少'), '请问，补贴多少'],
  [message('请问 @wence_bot 补贴多少'), '请问  补贴多少'],
  [message('/ask@wence_bot 补贴多少'), '补贴多少'],
  [message('/ask'), ''],
  [message('@wence_bot', replyTo(7, '补贴多少')), '补贴多少'],
  [message('@wence_bot', replyTo(42, '我的回答')), ''],
])('%# the question in a message', (given, question) => {
  expect(questionIn(given, me)).toBe(question)
})

test.each<[string, number | undefined]>([
  ['/abort', -1],
  ['/abort@wence_bot', -1],
  ['/abort@Wence_Bot 谢谢', -1],
  ['/abort@other_bot', undefined],
  ['/aborted', undefined],
  ['别 /abort', undefined],
])('%j stops the answer of chat %s', (text, chat) => {
  const update = {
    update_id: 1,
    message: {
      message_id: 1,
      date: 1,
      chat: { id: -1, type: 'supergroup' as const, title: '群' },
      from: { id: 7, is_bot: false, first_name: '客' },
      text,
      entities: [...text.matchAll(/\/\w+(@\w+)?/g)].map((match) => ({
        type: 'bot_command' as const,
        offset: match.index,
        length: match[0].length,
      })),
    },
  }
  expect(abortedChat(update, 'wence_bot')).toBe(chat)
})
