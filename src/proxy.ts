/** The proxy that everything we ask goes through: one place, for Telegram, models, embeddings and Qdrant alike. */
import http from 'node:http'
import https from 'node:https'
import { BlockList, isIP, setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import type { Config } from './config.ts'

/** Of the addresses of a name each is given so long to connect; the 250 ms of Node are too few for what is far. */
const CONNECT_MS = 2_500

/** Where what we ask is. */
const ADDRESSES = [
  'TELEGRAM_API_ROOT',
  'OPENAI_BASE_URL',
  'EMBEDDING_BASE_URL',
  'QDRANT_URL',
] as const

const LOOPBACK = ['127.0.0.0/8', '::1/128']

type ProxyConfig = Pick<
  Config,
  'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY' | (typeof ADDRESSES)[number]
>

/**
 * Lets `fetch` and the agents of `node:http` and `node:https` go through the proxy of the settings, and connect to
 * what is far, from now on and in this thread. This machine is never asked through it, nor what NO_PROXY names: hosts, domains
 * (`.example.org`), addresses, and networks (`192.168.1.0/24`).
 * @throws Error with one sentence when the proxy cannot be used; it does not repeat the address, which may hold a password.
 */
export function useProxy(config: ProxyConfig): void {
  const { HTTPS_PROXY, HTTP_PROXY, NO_PROXY = '' } = config
  setDefaultAutoSelectFamilyAttemptTimeout(CONNECT_MS)
  if (!HTTPS_PROXY && !HTTP_PROXY) return
  if (!('setGlobalProxyFromEnv' in http))
    throw new Error('HTTPS_PROXY and HTTP_PROXY need Node 24.14 or newer.')
  const passed = NO_PROXY.split(/[\s,，]+/u).filter(Boolean)
  // Node knows no networks; but all that is asked is known.
  const direct = networks([...passed, ...LOOPBACK])
  const hosts = ADDRESSES.flatMap((name) => config[name] ?? [])
    .map((address) => new URL(address).hostname.replaceAll(/[[\]]/gu, ''))
    .filter((host) => isIP(host) > 0 && direct.check(host, `ipv${isIP(host) === 6 ? 6 : 4}`))
  const bracketed = hosts.map((host) => (isIP(host) === 6 ? `[${host}]` : host))
  try {
    http.setGlobalProxyFromEnv({
      ...(HTTPS_PROXY && { HTTPS_PROXY }),
      ...(HTTP_PROXY && { HTTP_PROXY }),
      NO_PROXY: [
        'localhost',
        '.localhost',
        '127.0.0.1',
        '::1',
        ...passed,
        ...hosts,
        ...bracketed,
      ].join(),
    })
  } catch {
    throw new Error('Wrong setting, see .env.example: HTTPS_PROXY or HTTP_PROXY cannot be used.')
  }
}

/** For what is asked by `node:http` with an agent of its own choice, as grammY does. */
export const agentFor = ({ protocol }: { readonly protocol?: string | null }): http.Agent =>
  protocol === 'http:' ? http.globalAgent : https.globalAgent

function networks(given: readonly string[]): BlockList {
  const list = new BlockList()
  for (const one of given) {
    const [address = '', bits = ''] = one.split('/')
    const version = isIP(address)
    const prefix = Number(bits)
    if (version === 0 || !/^\d+$/u.test(bits) || prefix > (version === 6 ? 128 : 32)) continue
    list.addSubnet(address, prefix, version === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}
