import { BlockList, isIP } from 'node:net'

/** What of IPv4 is nobody's on the internet: this machine, private networks, link-local and metadata, examples, multicast (IANA's registry). */
const RESERVED_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]
/** Of IPv6 only global unicast is anybody's; so addresses in which one of IPv4 is hidden (::ffff:, 64:ff9b::) are none. */
const GLOBAL_6 = ['2000::/3']
/** Within that: protocols and tunnels (Teredo, 6to4), examples. */
const RESERVED_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const reserved4 = listOf(RESERVED_4, 'ipv4')
const global6 = listOf(GLOBAL_6, 'ipv6')
const reserved6 = listOf(RESERVED_6, 'ipv6')

/** Whether an address, and no name, is one that anybody on the internet may have. */
export function isPublic(address: string): boolean {
  // A zone names an interface of this machine.
  if (address.includes('%')) return false
  if (isIP(address) === 4) return !reserved4.check(address, 'ipv4')
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !reserved6.check(address, 'ipv6')
}

function listOf(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), family)
  }
  return list
}
