import { expect, test } from 'vitest'
import { readAddressList } from '../../../src/ingest/fetch/address-list.ts'
import { pageName } from '../../../src/ingest/fetch/page-name.ts'

test('one address a line, comments, each once, faults with their line', () => {
  const { addresses, faults } = readAddressList(
    Buffer.from(
      '\uFEFF# 报纸\r\nhttps://a.example/rss.xml  县报\r\n\r\n　http://b.example:8080/x　# 局\r\n＃ 旧\r\nb.example/y\r\nhttps://a.example/rss.xml\r\n',
    ),
    'sources.txt',
  )
  expect(addresses).toEqual(['https://a.example/rss.xml', 'http://b.example:8080/x'])
  expect(faults).toEqual([expect.stringMatching(/^sources\.txt, line 6: /u)])
})

test('an empty list, and one that is no text', () => {
  expect(readAddressList(Buffer.from(''), 'x').addresses).toEqual([])
  expect(() => readAddressList(Buffer.from([0, 1, 2, 0, 5, 0]), 'x')).toThrow('no text')
})

test('a page is kept under its site and what can be read of its address', () => {
  const names = [
    'https://www.example.gov.cn/zwgk/2024/t20240506_12.html',
    'https://www.example.gov.cn/zwgk/2024/t20240506_12.htm',
    'https://www.example.gov.cn/',
    'https://www.example.gov.cn/%E6%94%BF?id=../../etc/passwd&x=1',
    `https://www.example.gov.cn/${'a'.repeat(3000)}`,
    'https://[2400:3200::1]/a',
  ].map(pageName)
  expect(names[0]).toMatch(/^www\.example\.gov\.cn\/zwgk_2024_t20240506_12-[0-9a-f]{10}\.html$/u)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[\w.-]+\/[\w-][\w.-]{0,120}\.html$/u)
})
