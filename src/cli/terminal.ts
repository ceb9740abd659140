import { createInterface } from 'node:readline'
import { styleText } from 'node:util'
import { REPLIES, sourceLine } from '../answer/reply.ts'
import {
  type Chat,
  type Conversation,
  NEW_CHAT,
  type OpenedSource,
  placeNamed,
  placeUnknown,
  remember,
} from '../conversation/conversation.ts'
import type { TerminalFollows } from '../conversation/terminal-follows.ts'

const HELP = `直接输入问题即可，例如：没有抵押物，能用专利贷款吗？
/source 1   看第 1 条出处的原文，引用的话会标出来
/place 濮阳市   设定所在地（“咱市”“我县”指这里）；/place 不带地名则取消
/follow 专利质押贷款 濮阳市   关注一件事，以后有报道讲到，下次打开时告诉您；/follow 看关注了什么
/help       显示这些说明
/quit       退出（Ctrl+D 也可以）`

const PLACE_HINT = '提示：还不知道您在哪里，收录的各地都找了。输入 /place 濮阳市 可设定所在地。'

export interface TerminalDeps {
  readonly conversation: Conversation
  readonly follows: TerminalFollows
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  /** Told what went wrong while answering; the reader sees a fixed sentence. */
  readonly onError: (error: unknown) => void
}

/** The conversation in a terminal, or line by line from a pipe; ends with /quit or the end of input. */
export async function runTerminal({
  conversation,
  follows,
  input,
  output,
  onError,
}: TerminalDeps): Promise<void> {
  const live = input.isTTY && output.isTTY
  // Lines that come before somebody listens for them are lost.
  const news = await follows.news().catch((error: unknown) => {
    onError(error)
    return undefined
  })
  const lines = createInterface({
    input,
    output: live ? output : undefined,
    prompt: '问 › ',
    terminal: live,
    historySize: 200,
  })
  lines.on('SIGINT', () => lines.close())
  const print = (text: string) => output.write(`${text}\n\n`)
  let chat: Chat = news ? remember(NEW_CHAT, news.answer) : NEW_CHAT
  let placeHinted = false

  if (live) {
    output.write('问策：从地方报纸的报道里找答案，每句话都有出处。/help 看用法，/quit 退出。\n\n')
  }
  if (news) print(news.text)
  if (live) lines.prompt()
  for await (const line of lines) {
    const text = line.trim()
    if (text === '/quit' || text === '/exit') break
    if (text) {
      try {
        print(await reply(text))
      } catch (error) {
        onError(error)
        print(REPLIES.failed)
      }
    }
    if (live) lines.prompt()
  }
  lines.close()

  async function reply(text: string): Promise<string> {
    if (!text.startsWith('/')) {
      const { answer, chat: after } = await conversation.ask(chat, text)
      const hints = !placeHinted && placeUnknown(chat, answer) ? [PLACE_HINT] : []
      placeHinted ||= hints.length > 0
      chat = after
      return [answer.text, ...hints].join('\n\n')
    }
    const [name = '', ...rest] = text.slice(1).split(/\s+/)
    const argument = rest.join(' ')
    switch (name) {
      case 'source':
        return source(argument)
      case 'place':
        return place(argument)
      case 'follow':
        return follows.follow(argument, chat.place)
      case 'help':
        return HELP
      default:
        return `没有 /${name} 这个命令。\n${HELP}`
    }
  }

  function place(argument: string): string {
    const named = argument ? placeNamed(argument) : null
    if (named === undefined) return `不认识“${argument}”这个地名，请写全，例如 /place 濮阳市。`
    chat = { ...chat, place: named }
    return named ? `所在地设为${named}。` : '已取消所在地。'
  }

  async function source(argument: string): Promise<string> {
    const available = chat.last?.citations.length ?? 0
    if (available === 0) return '还没有可以查看的出处，请先提问。'
    const opened = await conversation.open(chat, Number(argument || 1))
    return opened
      ? sourceText(opened, live)
      : `上一个回答有 ${available} 条出处，请输入 /source 1 到 /source ${available}。`
  }
}

/** The passage with the quote marked: highlighted in a terminal, in 【】 elsewhere. */
function sourceText({ citation, passage, marks }: OpenedSource, live: boolean): string {
  const mark = (text: string) => (live ? styleText('inverse', text) : `【${text}】`)
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
