import { expect, test } from 'vitest'
import { isPublic } from '../../../src/ingest/fetch/is-public.ts'

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.1.1',
  '223.255.255.254',
  '2400:3200::1',
  '2606:4700:4700::1111',
])('%s is on the internet', (address) => expect(isPublic(address)).toBe(true))

test.each([
  // This machine.
  '127.0.0.1',
  '127.255.0.9',
  '0.0.0.0',
  '::1',
  '::',
  // Private networks.
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '100.64.0.1',
  'fc00::1',
  'fd12:3456::1',
  'fec0::1',
  // Link-local, where clouds tell their secrets.
  '169.254.169.254',
  '100.100.100.200',
  'fe80::1',
  'fe80::1%eth0',
  '2400:3200::1%lo',
  'fd00:ec2::254',
  // Examples, tests, multicast, broadcast.
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  '2001:db8::1',
  // IPv4 in IPv6: mapped, NAT64, 6to4, Teredo; also of public ones, which nobody needs to write so.
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  // No addresses.
  'localhost',
  'example.org',
  '',
])('%s is not', (address) => expect(isPublic(address)).toBe(false))
