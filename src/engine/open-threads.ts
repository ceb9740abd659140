import { setTimeout as sleep } from 'node:timers/promises'
import type { AnswerOptions } from '../answer/answer.ts'
import type { EndpointCall } from '../endpoint-call.ts'
import type { Logger } from '../log.ts'
import { type Served, served, servingLater } from '../served.ts'
import type { Engine } from './engine.ts'
import { type Asked, type FromCall, uncrossed } from './messages.ts'
import { type Thread, type ThreadOptions, openThread } from './thread.ts'

export interface ThreadsOptions extends Pick<ThreadOptions, 'entry' | 'given'> {
  /** How long a call may take, waiting included, in milliseconds. */
  readonly longestMs: number
  readonly log: Logger
  /** Told of each request that a thread makes to an endpoint, on behalf of what it is made for. */
  readonly called?: (call: EndpointCall) => void
  /** How many there are. */
  readonly size?: number
  /** How long a thread may compute without a pause, in milliseconds. */
  readonly heldMs?: number
}

export interface Threads extends Engine {
  /**
   * Puts a new thread, which reads everything anew, in the place of each, one after the other: some
   * always answer, and what was asked is answered by whom it was asked.
   * @throws what a thread throws that cannot open its engine; then the old ones answer on.
   */
  readonly renew: () => Promise<void>
  readonly close: () => Promise<void>
}

/** One computes while the other is replaced. */
const SIZE = 2
/** Twenty times what the worst question computes for: the machine may be busy with other things. */
const HELD_MS = 10_000
/** How often a thread whose calls wait is asked whether it is there. */
const KNOCK_MS = 1_000
const REOPEN_MS = 1_000

type Options = { readonly [Name in keyof AnswerOptions]?: AnswerOptions[Name] | undefined }

interface Call {
  readonly id: number
  readonly asked: Asked
  readonly options: Options
  /** What it is made for; what a thread says of it comes from elsewhere. */
  readonly served: Served | undefined
  readonly within: ReturnType<typeof servingLater>
  /** Given what the engine in a thread gave. */
  resolve(value: unknown): void
  readonly reject: (error: Error) => void
  /** Where it is answered; nowhere while it waits. */
  thread: Thread | undefined
  /** Whether it computes just now, as far as its thread said. */
  computes: boolean
  /** Statements that the caller was told; when it is asked again, these are not told again. */
  told: number
  /** Whether a thread ended with it and others, and nobody knows by whose fault. */
  suspected: boolean
}

/**
 * An engine in threads of its own, so that nothing that is computed holds up whoever asks. A thread
 * computes one call at a time; of calls that wait for a model it holds many. A call that computes
 * too long or takes too much memory ends its thread and fails alone: the thread is replaced, and
 * what else was in it is asked again.
 * @throws what a thread throws that cannot open its engine.
 */
export async function openThreads({
  entry,
  given,
  longestMs,
  log,
  called = () => {},
  size = SIZE,
  heldMs = HELD_MS,
}: ThreadsOptions): Promise<Threads> {
  const threads = new Set<Thread>()
  /** Those that finish what they began, and are given nothing more. */
  const retired = new Set<Thread>()
  /** By id, in the order in which they are given to a thread. */
  const calls = new Map<number, Call>()
  const callsIn = (thread: Thread | undefined) =>
    [...calls.values()].filter((call) => call.thread === thread)
  let lastId = 0
  let serving = false
  let renewed = Promise.resolve()

  const knocking = setInterval(() => {
    for (const thread of [...threads, ...retired])
      if (thread.isFree() && callsIn(thread).length > 0) thread.say({ kind: 'knock' })
  }, KNOCK_MS)
  try {
    await Promise.all(Array.from({ length: size }, open))
    serving = true
  } catch (error) {
    await close()
    throw error
  }

  return {
    ask(chat, question, options) {
      const { signal, spend, onStatement, ...plain } = options ?? {}
      return request(
        { method: 'ask', args: [chat, question, plain] },
        { signal, spend, onStatement },
      )
    },
    open: (...args) => request({ method: 'open', args }),
    openAt: (...args) => request({ method: 'openAt', args }),
    checkClaim: (claim, { spend } = {}) =>
      request({ method: 'checkClaim', args: [claim] }, { spend }),
    examine: (question, { spend } = {}) =>
      request({ method: 'examine', args: [question] }, { spend }),
    rank: (...args) => request({ method: 'rank', args }),
    article: (...args) => request({ method: 'article', args }),
    find: (...args) => request({ method: 'find', args }),
    search: (...args) => request({ method: 'search', args }),
    cities: (...args) => request({ method: 'cities', args }),
    indexState: (...args) => request({ method: 'indexState', args }),
    articleIds: (...args) => request({ method: 'articleIds', args }),
    printed: (...args) => request({ method: 'printed', args }),
    holdings: (...args) => request({ method: 'holdings', args }),
    answerNews: (...args) => request({ method: 'answerNews', args }),
    renew: () => (renewed = renewed.catch(() => {}).then(renew)),
    close,
  }

  function open(): Promise<void> {
    const thread = openThread({ entry, given, heldMs, on: { free, said, end } })
    threads.add(thread)
    return thread.opened
  }

  function request<T>(asked: Asked, options: Options = {}): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const call: Call = {
      id: ++lastId,
      asked,
      options,
      served: served(),
      within: servingLater(),
      resolve,
      reject,
      thread: undefined,
      computes: false,
      told: 0,
      suspected: false,
    }
    const abort = () => call.thread?.say({ kind: 'abort', id: call.id })
    const timer = setTimeout(() => {
      abort()
      reject(new Error(`No answer within ${longestMs} ms`))
    }, longestMs)
    options.signal?.addEventListener('abort', abort)
    calls.set(call.id, call)
    distribute()
    return promise.finally(() => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', abort)
      calls.delete(call.id)
      distribute()
    })
  }

  /**
   * Gives calls that wait to threads that have nothing to compute, first to the one that holds fewest;
   * to none two that are suspected, so that one that ends again shows which of them it was.
   */
  function distribute(): void {
    for (const thread of retired) {
      if (callsIn(thread).length > 0) continue
      retired.delete(thread)
      void thread.close()
    }
    const ready = [...threads].filter((thread) => thread.isFree())
    for (const thread of ready.toSorted((a, b) => callsIn(a).length - callsIn(b).length)) {
      const isSuspected = callsIn(thread).some(({ suspected }) => suspected)
      const call = callsIn(undefined).find(({ suspected }) => !(suspected && isSuspected))
      if (!call) continue
      call.thread = thread
      thread.say({ kind: 'call', id: call.id, served: call.served, ...call.asked })
      if (call.options.signal?.aborted) thread.say({ kind: 'abort', id: call.id })
    }
  }

  function free(thread: Thread): void {
    for (const call of callsIn(thread)) call.computes = false
    distribute()
  }

  function said(thread: Thread, message: FromCall): void {
    const call = calls.get(message.id)
    // One that took too long is over for whoever asked.
    if (call) call.within(() => void hear(thread, call, message).catch(call.reject))
  }

  async function hear(thread: Thread, call: Call, message: FromCall): Promise<void> {
    const { id, options } = call
    switch (message.kind) {
      case 'begun':
        call.computes = true
        return
      case 'statement':
        if (message.n <= call.told) return
        call.told = message.n
        return options.onStatement?.(...message.told)
      case 'spend':
        try {
          return thread.say({ kind: 'spent', id, allowed: (await options.spend?.()) ?? true })
        } catch (error) {
          // Whoever asked hears of it; the thread shall not wait for an answer.
          thread.say({ kind: 'spent', id, allowed: false })
          thread.say({ kind: 'abort', id })
          throw error
        }
      case 'called':
        return called(message.call)
      case 'done':
        return call.resolve(message.json === undefined ? undefined : JSON.parse(message.json))
      case 'failed':
        return call.reject(uncrossed(message.error))
    }
  }

  function end(thread: Thread, why: Error): void {
    threads.delete(thread)
    retired.delete(thread)
    if (!serving) return
    const left = callsIn(thread)
    const guilty = left.find(({ computes }) => computes) ?? left.find(({ suspected }) => suspected)
    const counts = { calls: left.length, computed: guilty?.asked.method }
    log.error({ err: why, ...counts }, 'a thread of the engine ended and is replaced')
    for (const call of left) {
      if (call === guilty) {
        call.reject(new Error('The thread that answered ended', { cause: why }))
      } else {
        call.thread = undefined
        call.suspected ||= !guilty
      }
    }
    void replace(thread)
    distribute()
  }

  /** One that could not even be opened is tried again after a while. */
  async function replace(thread: Thread): Promise<void> {
    await thread.opened.catch(() => sleep(REOPEN_MS, undefined, { ref: false }))
    // What goes wrong here is told as the end of that thread.
    if (serving && threads.size < size) await open().catch(() => {})
  }

  async function renew(): Promise<void> {
    const before = [...threads]
    for (const old of before) {
      if (!serving) return
      await open()
      if (threads.delete(old)) retired.add(old)
      distribute()
    }
    // One that ended meanwhile saw no need for another.
    if (serving) await Promise.all(Array.from({ length: size - threads.size }, open))
  }

  async function close(): Promise<void> {
    serving = false
    clearInterval(knocking)
    await Promise.all([...threads, ...retired].map((thread) => thread.close()))
    for (const call of calls.values()) call.reject(new Error('The engine was closed'))
  }
}
