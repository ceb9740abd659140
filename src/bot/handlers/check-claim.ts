import { toCallbackData } from '../callback-data.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { renderClaim } from '../render/render-lists.ts'
import { SAY } from '../replies.ts'

/** Says whether the articles say something. */
export async function checkClaim(deps: BotDeps, exchange: Exchange, claim: string): Promise<void> {
  if (!deps.checkClaim) return exchange.say(SAY.noClaimCheck)
  if (claim === '')
    return exchange.say({ blocks: [SAY.whichClaim], prompt: { purpose: 'claim', about: null } })
  const checked = await deps.checkClaim({ claim }, { spend: deps.spend })
  const articles = [...new Set(checked.citations.map(({ articleId }) => articleId))]
  const keyboard = articles.slice(0, 4).map((id, i) => ({
    text: articles.length > 1 ? `全文 ${i + 1}` : '看全文',
    callback_data: toCallbackData({ kind: 'article', article: deps.references.of(id) }),
  }))
  exchange.say({ blocks: renderClaim(checked), keyboard: [keyboard] })
}
