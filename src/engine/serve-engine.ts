import type { MessagePort } from 'node:worker_threads'
import type { AnswerOptions } from '../answer/answer.ts'
import type { EndpointCall } from '../endpoint-call.ts'
import { serving } from '../served.ts'
import type { Engine } from './engine.ts'
import { type Asked, type FromThread, type ToThread, crossed } from './messages.ts'

/** A call that was begun and may still be told something. */
interface Running {
  readonly stop: AbortController
  /** Whoever waits to hear whether the model may be called, in order. */
  readonly spending: ((allowed: boolean) => void)[]
}

/** Answers, in a thread of its own, the calls that come through a port; `close` ends what it opened. */
export function serveEngine(port: MessagePort, engine: Engine, close: () => Promise<void>): void {
  const running = new Map<number, Running>()
  const say = (message: FromThread) => port.postMessage(message)

  port.on('message', (message: ToThread) => {
    switch (message.kind) {
      case 'call':
        void serving(message.served, () => answer(message.id, message), called(message.id))
        // What computes without waiting is done before this comes.
        return void setImmediate(say, { kind: 'free' })
      case 'knock':
        return say({ kind: 'free' })
      case 'abort':
        return running.get(message.id)?.stop.abort()
      case 'spent':
        return running.get(message.id)?.spending.shift()?.(message.allowed)
      case 'close':
        return void close().finally(() => process.exit())
    }
  })
  say({ kind: 'free' })

  const called = (id: number) => (call: EndpointCall) => say({ kind: 'called', id, call })

  async function answer(id: number, asked: Asked): Promise<void> {
    const call: Running = { stop: new AbortController(), spending: [] }
    running.set(id, call)
    say({ kind: 'begun', id })
    try {
      const value = await perform(asked, optionsOf(id, call))
      say({ kind: 'done', id, json: JSON.stringify(value) })
    } catch (error) {
      say({ kind: 'failed', id, error: crossed(error) })
    } finally {
      running.delete(id)
    }
  }

  function perform(asked: Asked, options: AnswerOptions): Promise<unknown> {
    if (asked.method === 'checkClaim') return engine.checkClaim(asked.args[0], options)
    if (asked.method === 'examine') return engine.examine(asked.args[0], options)
    if (asked.method !== 'ask') return Reflect.apply(engine[asked.method], engine, asked.args)
    const [chat, question, plain] = asked.args
    return engine.ask(chat, question, { ...plain, ...options })
  }

  /** What stays with the caller, asked and told through the port. */
  function optionsOf(id: number, { stop, spending }: Running): AnswerOptions {
    let n = 0
    return {
      signal: stop.signal,
      onStatement: (...told) => say({ kind: 'statement', id, n: ++n, told }),
      spend() {
        say({ kind: 'spend', id })
        return new Promise((resolve) => spending.push(resolve))
      },
    }
  }
}
