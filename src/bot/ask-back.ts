import type { Prompt } from '../conversation/conversation-store.ts'
import type { BotDeps, Exchange } from './exchange.ts'
import type { Outgoing } from './send.ts'

/** Sends something that wants a reply, and remembers for what. */
export async function askBack(
  { store, now }: BotDeps,
  exchange: Exchange,
  text: string,
  prompt: Prompt,
  keyboard: Outgoing['keyboard'] = [],
): Promise<void> {
  const hint = { complaint: '哪里不对', claim: '要核对的话', place: '地名', question: '想问什么' }
  const message = await exchange.say({ blocks: [text], keyboard, prompt: hint[prompt.purpose] })
  store.promptSent(exchange.chat, message, prompt, now())
}
