/**
 * Gets pages at a steady rate, from a thread of its own, and gives how long each took: whoever asks the bot in
 * the same process shall not be what is measured.
 */
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'

export interface Getting {
  readonly port: number
  /** In turn, from the first again when they run out. */
  readonly paths: readonly string[]
  readonly aSecond: number
  readonly seconds: number
}

export interface Got {
  /** Milliseconds until all of a page was there, the shortest first; of those with status 200. */
  readonly ms: readonly number[]
  readonly failed: number
  readonly bytes: number
}

export async function getPages(getting: Getting): Promise<Got> {
  const worker = new Worker(new URL(import.meta.url), { workerData: getting })
  const { promise, resolve, reject } = Promise.withResolvers<Got>()
  worker.on('message', resolve)
  worker.on('error', reject)
  return promise
}

if (!isMainThread && parentPort) parentPort.postMessage(await getAll(workerData))

async function getAll({ port, paths, aSecond, seconds }: Getting): Promise<Got> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const ms: number[] = []
  let [failed, bytes] = [0, 0]
  const began = performance.now()
  const all: Promise<void>[] = []
  for (let i = 0; i < aSecond * seconds; i++) {
    const due = began + (i * 1000) / aSecond
    await sleep(Math.max(0, due - performance.now()))
    const asked = performance.now()
    const { promise, resolve } = Promise.withResolvers<void>()
    const fail = () => {
      failed++
      resolve()
    }
    get({ port, agent, host: '127.0.0.1', path: paths[i % paths.length]! }, (response) => {
      response.on('data', (data: Buffer) => void (bytes += data.length))
      response.on('error', fail)
      response.on('end', () => {
        if (response.statusCode !== 200) return fail()
        ms.push(performance.now() - asked)
        resolve()
      })
    }).on('error', fail)
    all.push(promise)
  }
  await Promise.all(all)
  agent.destroy()
  return { ms: ms.toSorted((a, b) => a - b), failed, bytes }
}
