import { expect, test } from 'vitest'
import { clientParams, createServer } from '../../../src/retrieval/qdrant/server.ts'

test.each([
  ['http://localhost:6333', { host: 'localhost', https: false, port: 6333 }],
  ['http://10.0.0.5', { host: '10.0.0.5', https: false, port: 6333 }],
  ['https://abc.cloud.example', { host: 'abc.cloud.example', https: true, port: 443 }],
  ['https://abc.cloud.example:6333', { host: 'abc.cloud.example', https: true, port: 6333 }],
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

test.each([
  ['http://127.0.0.1:1', '127.0.0.1:1'],
  ['https://qdrant.invalid', 'qdrant.invalid:443'],
  ['http://qdrant.invalid', 'qdrant.invalid:6333'],
])('%s that cannot be reached is told with the port that was tried', async (url, at) => {
  const asked = createServer({ url }).read((client) => client.versionInfo())
  await expect(asked).rejects.toThrow(`Qdrant at ${at} cannot be reached`)
})
