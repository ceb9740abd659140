import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { type LookupFunction, isIP } from 'node:net'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { agentFor } from '../../proxy.ts'
import { isPublic } from './is-public.ts'

/** Why an address was not asked, or what it said cannot be taken, in a sentence. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
}

/** What an address said. */
export interface Got {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  /** Unpacked. */
  readonly body: Buffer
}

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly maxBytes: number
  /** Takes the beginning of what is longer, which else is an error. */
  readonly isCut?: boolean
  readonly signal: AbortSignal
}

export type Get = (url: URL, options: GetOptions) => Promise<Got>

export interface GetDeps {
  readonly userAgent: string
  /** The proxy that addresses of a protocol are asked through, by what `useProxy` was told. */
  readonly proxyFor?: (protocol: string) => string | undefined
  /** What a name means. */
  readonly lookUp?: (name: string) => Promise<readonly LookupAddress[]>
  /** Which addresses may be connected to; only a test allows others than the internet's. */
  readonly isReachable?: (address: string) => boolean
  /** How long all of it may take. */
  readonly longestMs?: number
}

const LONGEST_MS = 60_000

/**
 * Asks one address for what it has, and follows nothing: a redirect is given back as it came. What
 * takes too long or says too much is broken off; what is connected to is checked by its address, so
 * that no name leads into our own network. A proxy connects by itself: then what the name means here
 * is checked beforehand, where it means anything.
 * @throws FetchError in a sentence.
 */
export function createGet({
  userAgent,
  proxyFor = () => undefined,
  lookUp = (name) => lookup(name, { all: true }),
  isReachable = isPublic,
  longestMs = LONGEST_MS,
}: GetDeps): Get {
  return async function get(url, options) {
    const host = url.hostname.replaceAll(/[[\]]/gu, '')
    const proxy = proxyFor(url.protocol)
    if (isIP(host) > 0 && !isReachable(host)) throw notPublic(host)
    if (isIP(host) === 0 && proxy !== undefined) await checkName(host)
    const timeout = AbortSignal.timeout(longestMs)
    const signal = AbortSignal.any([options.signal, timeout])
    try {
      const response = await respond(url, proxy, options.headers ?? {}, signal)
      const { statusCode: status = 0, headers } = response
      const body = await bodyOf(response, options, signal)
      return { status, headers, body }
    } catch (error) {
      if (error instanceof FetchError) throw error
      if (timeout.aborted)
        throw new FetchError(`It takes longer than ${longestMs / 1000} s.`, { cause: error })
      throw new FetchError(`It cannot be reached (${reasonOf(error)}).`, { cause: error })
    }
  }

  async function respond(
    url: URL,
    proxy: string | undefined,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const of = url.protocol === 'https:' ? https : http
    // A connection is checked when it is made; one that others made is none of ours.
    const agent = proxy === undefined ? new of.Agent({ keepAlive: false }) : agentFor(url)
    const request = of.request(url, {
      agent,
      signal,
      lookup: lookUpPublic(proxy),
      headers: {
        'user-agent': userAgent,
        'accept-encoding': 'gzip',
        'accept-language': 'zh-CN,zh;q=0.9,*;q=0.5',
        ...headers,
      },
    })
    request.on('response', resolve).on('error', reject).end()
    return promise
  }

  /** Gives what a name means only if all of it may be connected to, whoever answers for the name. */
  function lookUpPublic(proxy: string | undefined): LookupFunction {
    const ofProxy = proxy === undefined ? undefined : new URL(proxy).hostname
    const meant = async (name: string) => {
      const addresses = await lookUp(name)
      const refused = addresses.find(({ address }) => !isReachable(address))
      if (refused && name !== ofProxy) throw notPublic(name)
      return addresses
    }
    const answer = async (...[name, { all }, callback]: Parameters<LookupFunction>) => {
      const addresses = await meant(name).catch((error: NodeJS.ErrnoException) => error)
      if (addresses instanceof Error) return callback(addresses, '')
      const [first] = addresses
      if (all) callback(null, [...addresses])
      else callback(null, first?.address ?? '', first?.family)
    }
    return (...given) => void answer(...given)
  }

  /** A name that means nothing here may mean something to the proxy. */
  async function checkName(name: string) {
    const addresses = await lookUp(name).catch(() => [])
    if (addresses.some(({ address }) => !isReachable(address))) throw notPublic(name)
    if (!name.includes('.') || OWN_NAMES.test(name)) throw notPublic(name)
  }
}

/** Names that are never the internet's (RFC 6761, 6762, ICANN's .internal). */
const OWN_NAMES = /\.(?:localhost|local|internal|intranet|lan|home\.arpa|localdomain)\.?$/iu

const notPublic = (host: string) =>
  new FetchError(`${host} is no address of the internet; only such are asked.`)

async function bodyOf(
  response: IncomingMessage,
  { maxBytes, isCut = false }: GetOptions,
  signal: AbortSignal,
): Promise<Buffer> {
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of unpacked(response, signal)) {
      chunks.push(chunk)
      size += chunk.length
      if (size <= maxBytes) continue
      if (isCut) break
      throw new FetchError(`It is longer than ${Math.round(maxBytes / 1_000_000)} MB.`)
    }
    return Buffer.concat(chunks).subarray(0, maxBytes)
  } finally {
    response.destroy()
  }
}

/** A piece of what is packed holds 1,000 times as much at most, and comes in pieces of 16 KB. */
function unpacked(response: IncomingMessage, signal: AbortSignal): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return response
  if (encoding !== 'gzip' && encoding !== 'x-gzip')
    throw new FetchError(
      `It is packed as ${JSON.stringify(encoding.slice(0, 20))}, which was not asked for.`,
    )
  const unzip = createGunzip()
  const end = (error: Error) => unzip.destroy(error)
  response.on('error', end).on('aborted', () => end(new Error('it broke off')))
  signal.addEventListener('abort', () => end(new Error('it was broken off')), { once: true })
  return response.pipe(unzip)
}

const reasonOf = (error: unknown) =>
  error instanceof Error
    ? 'code' in error
      ? String(error.code)
      : error.message.slice(0, 100)
    : String(error)
