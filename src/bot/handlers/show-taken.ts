import type { Exchange } from '../exchange.ts'
import { plainError } from '../plain-error.ts'

/**
 * Shows who wrote that it was taken: in a group by a reaction, which calls nobody; where reactions are
 * not allowed, and where two talk alone, in words.
 */
export async function showTaken(exchange: Exchange, words: string): Promise<void> {
  const { api, isPrivate, spot, say, log } = exchange
  if (isPrivate || spot.replyTo === undefined) return say(words)
  try {
    await api.setMessageReaction(spot.chatId, spot.replyTo, [{ type: 'emoji', emoji: '👌' }])
  } catch (error) {
    log.info({ err: plainError(error) }, 'no reaction could be set; it is said')
    say(words)
  }
}
