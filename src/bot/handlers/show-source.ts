import type { OpenedSource } from '../../conversation/conversation.ts'
import type { Asked } from '../../stores/conversations.ts'
import type { Span } from '../../traced.ts'
import { toCallbackData } from '../callback-data.ts'
import type { BotDeps, Exchange } from '../exchange.ts'
import { pageButtons } from '../render/page-buttons.ts'
import { renderArticles } from '../render/render-lists.ts'
import {
  copyButtons,
  linkButtons,
  sourcePage,
  renderArticle,
  renderSource,
} from '../render/render-source.ts'
import { SAY } from '../replies.ts'
import type { Outgoing } from '../send/send.ts'

/** The passage behind one source of an answer, with buttons to copy it and to read on. */
export async function showSource(
  deps: BotDeps,
  exchange: Exchange,
  { answer }: Asked,
  n: number,
): Promise<void> {
  const opened = await deps.conversation.open({ last: answer }, n)
  if (opened) return exchange.say(sourceMessage(deps, opened))
  const known = answer.citations.some((citation) => citation.n === n)
  const { length } = answer.citations
  const range = `这个回答的出处有 ${length} 条，请发送 ${SAY.sources(length)}。`
  exchange.say(known ? SAY.articleGone : range)
}

function sourceMessage({ references, settings }: BotDeps, opened: OpenedSource): Outgoing {
  const { citation, passage } = opened
  const { articleId } = citation
  const url = citation.url ?? passage.url
  const article = references.of(articleId)
  const address = url ?? sourcePage(settings.publicUrl, articleId)
  return {
    blocks: [renderSource(opened)],
    keyboard: [
      [
        ...copyButtons(citation, address),
        {
          text: '看全文',
          callback_data: toCallbackData({ kind: 'article', article }),
        },
      ],
      linkButtons({ id: articleId, url }, settings.publicUrl, citation),
    ],
  }
}

/** Cited words of an article in their passage; where they no longer stand there, the article. */
export async function showWords(
  deps: BotDeps,
  exchange: Exchange,
  { reference, spans }: { readonly reference: string; readonly spans: readonly Span[] },
): Promise<void> {
  const opened = await deps.conversation.openAt(deps.references.resolve(reference), spans)
  if (!opened) return showArticle(deps, exchange, reference)
  exchange.say(sourceMessage(deps, opened))
}

/** An article by its reference, from its first page. */
export async function showArticle(
  deps: BotDeps,
  exchange: Exchange,
  reference: string,
): Promise<void> {
  exchange.say((await articleMessage(deps, reference, 0)) ?? SAY.articleGone)
}

/** One page of an article; nothing when it is no longer in the index. */
export async function articleMessage(
  { library, references, settings }: BotDeps,
  reference: string,
  page: number,
): Promise<Outgoing | undefined> {
  const article = await library.article(references.resolve(reference))
  if (!article) return undefined
  const { text, pages } = renderArticle(article, page)
  const turn = (to: number) => toCallbackData({ kind: 'turn', article: reference, page: to })
  return {
    blocks: [text],
    keyboard: [pageButtons(page, page + 1 < pages, turn), linkButtons(article, settings.publicUrl)],
  }
}

/** One page of the articles that a query finds, or of all. */
export async function articleList(deps: BotDeps, query: string, page: number): Promise<Outgoing> {
  const found = await deps.library.find(query, page)
  const openers = found.articles.map(({ id }, i) => ({
    text: String(i + 1),
    callback_data: toCallbackData({ kind: 'article', article: deps.references.of(id) }),
  }))
  const turn = (to: number) => toCallbackData({ kind: 'articles', page: to })
  return {
    blocks: [renderArticles(found, query)],
    keyboard: [openers, pageButtons(page, found.more, turn)],
  }
}
