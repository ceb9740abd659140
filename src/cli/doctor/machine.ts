/** The Node, the memory and the proxy that it runs with. */
import { connect } from 'node:net'
import { totalmem } from 'node:os'
import { codeOf } from '../../endpoint/unreached.ts'
import type { Check, Finding } from './check.ts'
import { SAY } from './say.ts'
import { sizeText } from '../../size-text.ts'

const { machine: SAID } = SAY

/** Before it nothing goes through a proxy. */
const LEAST_NODE = [24, 14] as const
/** A bot over 20,000 articles was seen to take 0.8 GB (docs/reliability.md), what reads files 0.9 GB at most. */
const ANSWERING_BYTES = 1e9
const READING_BYTES = 1e9

export const machine: Check = {
  name: '机器',
  async look({ patient: { config }, offline, signal }) {
    const set = [config.HTTPS_PROXY, config.HTTP_PROXY].filter((one) => one !== undefined)
    const proxies = [...new Set(set)]
    return [
      nodeOf(process.versions.node),
      memoryOf(Math.min(totalmem(), limitOf()), process.availableMemory()),
      ...(proxies.length === 0 ? [SAID.noProxy()] : []),
      ...(offline ? [] : await Promise.all(proxies.map((one) => proxy(new URL(one), signal)))),
    ]
  },
}

export function nodeOf(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [least, leastMinor] = LEAST_NODE
  return major > least || (major === least && minor >= leastMinor)
    ? SAID.node(version)
    : SAID.oldNode(version, LEAST_NODE.join('.'))
}

/** What a container may use, and what is left of it, in bytes. */
export function memoryOf(limit: number, free: number): Finding {
  return limit < ANSWERING_BYTES + READING_BYTES
    ? SAID.littleMemory(sizeText(limit), sizeText(ANSWERING_BYTES), sizeText(READING_BYTES))
    : SAID.memory(sizeText(limit), sizeText(free))
}

/** Without a limit Node says 0, or more than any machine has. */
const limitOf = () => process.constrainedMemory() || Number.POSITIVE_INFINITY

async function proxy(
  { hostname, port, protocol, host }: URL,
  signal: AbortSignal,
): Promise<Finding> {
  const at = Number(port) || (protocol === 'https:' ? 443 : 80)
  const { promise, resolve } = Promise.withResolvers<Finding>()
  const socket = connect({ host: hostname.replaceAll(/[[\]]/gu, ''), port: at, signal })
  socket.once('connect', () => resolve(SAID.proxy(host)))
  socket.once('error', (error) =>
    resolve(SAID.proxyFails(host, `（${codeOf(error) ?? '没有回答'}）`)),
  )
  return promise.finally(() => socket.destroy())
}
