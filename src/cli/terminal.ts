import { EventEmitter, on } from 'node:events'
import { createInterface } from 'node:readline'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { styleText } from 'node:util'
import { REPLIES } from '../answer/reply.ts'
import { orAborted } from '../stop-signal.ts'
import { type Asked, createReplier } from './terminal-commands.ts'

export interface TerminalDeps extends Asked {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
  /** Told what went wrong while answering; the reader sees a fixed sentence. */
  readonly onError: (error: unknown) => void
}

const WELCOME = '问策：从地方报纸的报道里找答案，每句话都有出处。/help 看用法，/quit 退出。'
const STOPPED = '已停下。'

/**
 * The conversation in a terminal, or line by line from a pipe; ends with /quit or the end of input. In
 * a terminal Ctrl+C stops the answer that is under way and those that wait, or clears what was typed, or ends it; lines
 * that are pasted together are one question.
 */
export async function runTerminal({
  input,
  output,
  onError,
  ...asked
}: TerminalDeps): Promise<void> {
  const live = input.isTTY && output.isTTY
  const hasStyles = live && output.hasColors()
  const { news, reply } = createReplier(asked, {
    mark: (quote) => (hasStyles ? styleText('inverse', quote) : `【${quote}】`),
  })
  const lines = createInterface({
    input,
    output: live ? output : undefined,
    prompt: '问 › ',
    terminal: live,
    historySize: 200,
  })
  const print = (text: string) => output.write(`${text}\n\n`)
  const pasted = live ? followPastes(input, output) : { isUnderWay: () => false, end: () => {} }
  let earlier: string[] = []
  /** What stops each question that has no answer yet. */
  const open = new Set<AbortController>()
  // What is typed while an answer is under way waits for its turn.
  const typed = new EventEmitter()
  const questions = on(typed, 'question', { close: ['end'] })
  lines.on('line', (line) => {
    earlier.push(line)
    if (pasted.isUnderWay()) return
    const stop = new AbortController()
    open.add(stop)
    typed.emit('question', earlier.splice(0).join('\n').trim(), stop)
  })
  lines.on('close', () => typed.emit('end'))

  lines.on('SIGINT', () => {
    if (open.size > 0) return open.forEach((stop) => stop.abort())
    if (lines.line === '' && earlier.length === 0) return lines.close()
    earlier = []
    lines.write(null, { ctrl: true, name: 'e' })
    lines.write(null, { ctrl: true, name: 'u' })
    output.write('\n')
    lines.prompt()
  })

  try {
    if (live) print(WELCOME)
    const came = await news().catch(onError)
    if (came) print(came)
    if (live) lines.prompt()
    for await (const [text, stop] of questions) {
      if (text === '/quit' || text === '/exit') return
      if (text) print(await answered(text, stop.signal))
      open.delete(stop)
      if (live) lines.prompt()
    }
    if (live) output.write('\n')
  } finally {
    lines.close()
    pasted.end()
  }

  async function answered(text: string, stop: AbortSignal): Promise<string> {
    try {
      stop.throwIfAborted()
      const said = await orAborted(reply(text, stop), stop)
      // What was pressed while an answer was computed is heard only now: behind what goes on, and read.
      await nextTurn()
      await nextTurn()
      return stop.aborted ? STOPPED : said
    } catch (error) {
      if (stop.aborted) return STOPPED
      onError(error)
      return REPLIES.failed
    }
  }
}

const PASTES = { told: '\u001B[?2004h', untold: '\u001B[?2004l' } as const
/** Such a terminal takes what it is told for text. */
const isDumb = () => process.env['TERM'] === 'dumb'

/** Has the terminal say where what is pasted begins and ends, until it ends or a signal ends it all. */
function followPastes(input: NodeJS.ReadStream, output: NodeJS.WriteStream) {
  let isUnderWay = false
  const onKey = (_: unknown, { name }: { readonly name?: string }) => {
    if (name === 'paste-start') isUnderWay = true
    if (name === 'paste-end') isUnderWay = false
  }
  const end = () => {
    input.off('keypress', onKey)
    for (const signal of SIGNALS) process.off(signal, onSignal)
    input.setRawMode(false)
    if (!isDumb()) output.write(PASTES.untold)
  }
  // The terminal is as it was before the signal does what it does.
  const onSignal = (signal: NodeJS.Signals) => {
    end()
    process.kill(process.pid, signal)
  }
  if (!isDumb()) output.write(PASTES.told)
  input.on('keypress', onKey)
  for (const signal of SIGNALS) process.once(signal, onSignal)
  return { isUnderWay: () => isUnderWay, end }
}

const SIGNALS = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const
