/** What can be said to the conversation in a terminal, and what it says to that. */
import type { CheckClaim } from '../answer/claims/check-claim.ts'
import { sourceLine } from '../answer/reply.ts'
import type { Answer, Article } from '../corpus.ts'
import {
  type Chat,
  type Conversation,
  NEW_CHAT,
  type OpenedSource,
  placeNamed,
  placeUnknown,
  remember,
} from '../conversation/conversation.ts'
import type { ArticlePage, Library } from '../conversation/library.ts'
import type { TerminalFollows } from '../conversation/terminal-follows.ts'
import { LISTING, SAID } from '../conversation/wording.ts'
import { claimText } from './claim-text.ts'

const HELP = `直接输入问题即可，例如：没有抵押物，能用专利贷款吗？
/source 1   看第 1 条出处的原文，引用的话会标出来
/articles 贷款   翻看报道，可加关键词；/more 看下一页，/article 1 看列出的第 1 篇
/check 一句话   核对报道里是不是这么说
/place 濮阳市   设定所在地（“咱市”“我县”指这里）；/place 不带地名则取消
/follow 专利质押贷款 濮阳市   关注一件事，以后有报道讲到，下次打开时告诉您；/follow 看关注了什么
/forget     忘掉刚才的对话和关注的事
/help       显示这些说明
/quit       退出（Ctrl+D 也可以；正在回答时按 Ctrl+C 停下）`

const PLACE_HINT = '提示：还不知道您在哪里，收录的各地都找了。输入 /place 濮阳市 可设定所在地。'
const FORGOTTEN =
  '好的，刚才的问答、所在地和关注的事都忘掉了。终端里的问答本来就不保存，退出以后什么也不留下。'

/** What it asks for its answers. */
export interface Asked {
  readonly conversation: Conversation
  readonly library: Pick<Library, 'find'>
  readonly checkClaim: CheckClaim
  readonly follows: TerminalFollows
}

export interface ReplierOptions {
  /** How the words of a quote are marked within their passage. */
  readonly mark: (quote: string) => string
}

/** One chat: replies to one line after the other. What was asked for and stopped is as if never asked. */
export function createReplier(
  { conversation, library, checkClaim, follows }: Asked,
  options: ReplierOptions,
) {
  let chat: Chat = NEW_CHAT
  /** What was told last, an answer or what a claim was compared with: its ① are what /source opens. */
  let told: Pick<Answer, 'citations'> | null = null
  let placeHinted = false
  let listed: { readonly query: string; readonly page: ArticlePage } | undefined

  const commands: Readonly<
    Record<string, (argument: string, signal: AbortSignal) => string | Promise<string>>
  > = {
    ask: (question, signal) => (question ? ask(question, signal) : HELP),
    source,
    place,
    articles: (query) => list(query, 0),
    more: () => (listed ? list(listed.query, listed.page.page + 1) : list('', 0)),
    article,
    check: (claim, signal) =>
      claim ? check(claim, signal) : '请写出要核对的那句话，例如：/check 新装用电不收费。',
    follow: (written) => follows.follow(written, chat.place),
    async forget() {
      chat = NEW_CHAT
      told = null
      listed = undefined
      return (await follows.forget()) ?? FORGOTTEN
    },
    help: () => HELP,
    start: () => HELP,
  }

  return { news, reply }

  /** What came of what is followed, as the first answer of the chat; nothing where nothing did. */
  async function news(): Promise<string | undefined> {
    const came = await follows.news()
    if (came?.answer) chat = remember(chat, came.answer)
    told = chat.last
    return came?.text
  }

  async function reply(text: string, signal: AbortSignal): Promise<string> {
    const [, written, argument = ''] = /^\/([^\s@]*)(?:@\S*)?\s*([^]*)$/u.exec(text) ?? []
    if (written === undefined) return ask(text, signal)
    // As they are written to the bot.
    const name = written.toLowerCase()
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    return command ? command(argument, signal) : `没有 /${name} 这个命令。\n${HELP}`
  }

  async function ask(question: string, signal: AbortSignal): Promise<string> {
    const { answer, chat: after } = await conversation.ask(chat, question, { signal })
    if (signal.aborted) return ''
    const hints = !placeHinted && placeUnknown(chat, answer) ? [PLACE_HINT] : []
    placeHinted ||= hints.length > 0
    chat = after
    told = chat.last
    return [answer.text, ...hints].join('\n\n')
  }

  async function check(claim: string, signal: AbortSignal): Promise<string> {
    const checked = await checkClaim({ claim })
    if (signal.aborted) return ''
    if (checked.citations.length > 0) told = checked
    return claimText(checked)
  }

  function place(argument: string): string {
    const named = argument && argument !== '取消' ? placeNamed(argument) : null
    if (named === undefined) return `不认识“${argument}”这个地名，请写全，例如 /place 濮阳市。`
    chat = { ...chat, place: named }
    return named ? `所在地设为${named}。` : '已取消所在地。'
  }

  async function source(argument: string): Promise<string> {
    const available = told?.citations.length ?? 0
    if (available === 0) return '还没有可以查看的出处，请先提问。'
    const opened = await conversation.open({ last: told }, Number(argument || 1))
    return opened
      ? sourceText(opened, options)
      : `上面有 ${available} 条出处，请输入 ${SAID.sources(available)}。`
  }

  async function list(query: string, wanted: number): Promise<string> {
    const page = await library.find(query, wanted)
    const head = LISTING.head(query)
    if (page.articles.length === 0) return `${head}：${LISTING.none(wanted)}`
    listed = { query, page }
    const lines = page.articles.map((one, i) => `${i + 1}. ${sourceLine(one)}`)
    const next = page.more ? '，/more 看下一页' : ''
    return [
      `${head} · ${LISTING.page(wanted)}`,
      ...lines,
      `（/article 1 看第 1 篇的全文${next}）`,
    ].join('\n')
  }

  function article(argument: string): string {
    const articles = listed?.page.articles ?? []
    if (articles.length === 0) return '还没有列出报道，请先输入 /articles。'
    const one = articles[Number(argument || 1) - 1]
    return one
      ? articleText(one)
      : `列出了 ${articles.length} 篇，请输入 /article 1 到 /article ${articles.length}。`
  }
}

const articleText = (article: Article) =>
  [sourceLine(article), `来源文件：${article.source}`, '', article.text].join('\n')

/** The passage with the quote marked. */
function sourceText({ citation, passage, marks }: OpenedSource, { mark }: ReplierOptions): string {
  let at = 0
  const parts = marks.map(({ start, end }) => {
    const part = passage.text.slice(at, start) + mark(passage.text.slice(start, end))
    at = end
    return part
  })
  return [
    sourceLine(citation),
    `来源文件：${citation.source}`,
    '',
    parts.join('') + passage.text.slice(at),
  ].join('\n')
}
