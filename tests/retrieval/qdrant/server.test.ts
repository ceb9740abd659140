import { expect, test } from 'vitest'
import { clientParams } from '../../../src/retrieval/qdrant/server.ts'

test.each([
  ['http://localhost:6333', { host: 'localhost', https: false, port: 6333 }],
  ['http://10.0.0.5', { host: '10.0.0.5', https: false }],
  ['https://abc.cloud.example', { host: 'abc.cloud.example', https: true }],
  ['https://abc.cloud.example:443/', { host: 'abc.cloud.example', https: true, port: 443 }],
  ['http://proxy.example:80', { host: 'proxy.example', https: false, port: 80 }],
  [
    'https://proxy.example:8443/qdrant/',
    { host: 'proxy.example', https: true, port: 8443, prefix: '/qdrant' },
  ],
])('%s', (url, expected) => {
  expect(clientParams(url)).toEqual(expected)
})

test('a key goes into a header and makes no https of http', () => {
  expect(clientParams('http://localhost:6333', 'k')).toEqual({
    host: 'localhost',
    https: false,
    port: 6333,
    headers: { 'api-key': 'k' },
  })
})
