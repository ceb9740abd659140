import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { behindProxies, clientOf } from '../../src/web/client.ts'

/** Whom requests are taken for, and what was said of them. */
function served(networks?: string[]) {
  const warnings: unknown[] = []
  const app = new Hono()
  if (networks) app.use(behindProxies(networks, { warn: (of: unknown) => void warnings.push(of) }))
  app.get('/', (c) => c.text(clientOf(c)))
  const client = async (peer: string, forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    const incoming = { socket: { remoteAddress: peer } }
    return (await app.request('/', { headers }, { incoming })).text()
  }
  return { client, warnings }
}

const CONTAINER = '172.18.0.2'
const READER = '203.0.113.7'

test.each([
  ['nobody named', undefined, '127.0.0.1', READER, READER],
  ['nobody named, by another name', [], '::ffff:127.0.0.1', READER, READER],
  ['without the header', [], READER, undefined, READER],
  ['a stranger’s word', ['172.16.0.0/12'], '198.51.100.9', READER, '198.51.100.9'],
  ['a network', ['172.16.0.0/12'], CONTAINER, READER, READER],
  ['a network, in an IPv6 socket', ['172.16.0.0/12'], `::ffff:${CONTAINER}`, READER, READER],
  ['an address', [CONTAINER], CONTAINER, `1.1.1.1, ${READER}`, READER],
  ['IPv6', ['fd00::/8'], 'fd00::2', '2001:db8::1', '2001:db8::1'],
  ['two proxies', [CONTAINER, '10.0.0.9'], CONTAINER, `1.1.1.1, ${READER}, 10.0.0.9`, READER],
  ['who is himself one', ['10.0.0.0/8'], '10.0.0.9', '10.0.0.3', '10.0.0.3'],
  ['words that are no address', [CONTAINER], CONTAINER, 'unknown', 'unknown'],
])('%s', async (_name, networks, peer, forwarded, expected) => {
  expect(await served(networks).client(peer, forwarded)).toBe(expected)
})

test('a proxy that may have been meant and is not believed is told of once', async () => {
  const { client, warnings } = served([])
  expect(await client('198.51.100.9', READER)).toBe('198.51.100.9')
  expect(warnings).toEqual([])
  for (let i = 0; i < 3; i++) expect(await client(CONTAINER, READER)).toBe(CONTAINER)
  expect(warnings).toEqual([{ peer: CONTAINER }])
})
