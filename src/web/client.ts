import { BlockList, isIP, isIPv6 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import type { Logger } from '../log.ts'

declare module 'hono' {
  interface ContextVariableMap {
    isProxy: (address: string) => boolean
  }
}

const LOOPBACK = ['127.0.0.0/8', '::1']
/** Whether an address is this machine's own. */
export const isLoopback = within(LOOPBACK)
/** Whether it is one of a network of its own, and not of the internet. */
export const isPrivate = within(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'])

/**
 * The address that a request comes from. A proxy says whom it speaks for, last in X-Forwarded-For, and
 * that may be another proxy; from elsewhere that header is anybody's word.
 */
export function clientOf(c: Context): string {
  const isProxy = c.get('isProxy') ?? isLoopback
  const forwarded = c.req.header('x-forwarded-for')?.split(',') ?? []
  const way = [...forwarded.map((address) => address.trim()).filter(Boolean), peerOf(c)]
  return way.findLast((address) => !isProxy(address)) ?? way[0]!
}

/** Says whose X-Forwarded-For is believed: this machine's, and that of some addresses and networks. */
export function behindProxies(networks: readonly string[], log: Pick<Logger, 'warn'>) {
  const isProxy = within([...LOOPBACK, ...networks])
  let isTold = false
  const behind: MiddlewareHandler = (c, next) => {
    c.set('isProxy', isProxy)
    const peer = peerOf(c)
    if (!isTold && c.req.header('x-forwarded-for') && isPrivate(peer) && !isProxy(peer)) {
      isTold = true
      log.warn(
        { peer },
        'X-Forwarded-For is not believed, so all who come that way share their limits: name your proxy in TRUSTED_PROXIES',
      )
    }
    return next()
  }
  return behind
}

/** A request that came through no socket, as in a test, has none. */
function peerOf(c: Context): string {
  return c.env?.incoming ? (getConnInfo(c).remote.address ?? '') : ''
}

function within(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return (address) => isIP(address) > 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
}
