import { expect, test } from 'vitest'
import { readRobots } from '../../../src/ingest/fetch/robots.ts'

const allows = (text: string, path: string) => readRobots(text, 'wence').isAllowed(path)

const everybody = (rules: string) => `User-agent: *\n${rules}`

test.each([
  ['nothing said', '', '/a', true],
  ['nothing disallowed', everybody('Disallow:'), '/a', true],
  ['all disallowed', everybody('Disallow: /'), '/a', false],
  ['what begins so', everybody('Disallow: /a'), '/ab/c', false],
  ['what does not', everybody('Disallow: /a/'), '/a', true],
  ['the longest rule', everybody('Disallow: /a\nAllow: /a/b'), '/a/b/c', true],
  ['of two as long the one that allows', everybody('Disallow: /a\nAllow: /a'), '/a', true],
  ['anything between', everybody('Disallow: /*/print*.html'), '/x/print-7.html', false],
  ['the end', everybody('Disallow: /*.php$'), '/a.php', false],
  ['more behind the end', everybody('Disallow: /*.php$'), '/a.php?x=1', true],
  ['an end alone', everybody('Disallow: /a$'), '/ab', true],
  ['a query', everybody('Disallow: /*?id='), '/show?id=3', false],
  ['letters and their codes', everybody('Disallow: /政策'), '/%e6%94%bf%E7%AD%96/1', false],
  ['our own group', 'User-agent: *\nDisallow: /\n\nUser-agent: Wence\nDisallow: /x', '/a', true],
  ['our name with a version', 'User-agent: wence/1.0\nDisallow: /', '/a', false],
  ['a group of others', 'User-agent: wencebot\nDisallow: /', '/a', true],
  ['several names of a group', 'User-agent: other\nUser-agent: wence\nDisallow: /', '/a', false],
  [
    'groups of a name together',
    everybody('Disallow: /a\n\nUser-agent: *\nDisallow: /b'),
    '/a',
    false,
  ],
  ['comments, odd ends of lines', '# x\r\nUSER-AGENT : * # all\rdisallow : /a # so', '/a', false],
  ['a page that is no such file', '<!doctype html><p>User-agent: none</p>', '/a', true],
])('%s', (_, text, path, expected) => expect(allows(text, path)).toBe(expected))

test('how long it wants us to wait', () => {
  expect(readRobots(everybody('Crawl-delay: 2.5\nDisallow: /x'), 'wence').delayMs).toBe(2500)
  expect(readRobots(everybody('Crawl-delay: soon'), 'wence').delayMs).toBe(0)
  expect(readRobots(everybody('Crawl-delay: -9'), 'wence').delayMs).toBe(0)
})

test('what is made to be slow is not', () => {
  const star = `Disallow: /${'*a'.repeat(2_000)}b\n`
  const agents = 'User-agent: a\n'.repeat(10_000)
  const started = performance.now()
  const { isAllowed } = readRobots(`${agents}User-agent: *\n${star.repeat(50)}`, 'wence')
  expect(isAllowed(`/${'a'.repeat(8_000)}`)).toBe(true)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a line of white space takes no time', () => {
  const started = performance.now()
  const text = `User-agent: *\nDisallow:${' '.repeat(250_000)}/a${' '.repeat(250_000)}b`
  expect(allows(text, '/c')).toBe(true)
  expect(performance.now() - started).toBeLessThan(5_000)
})
