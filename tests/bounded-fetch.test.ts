import { expect, onTestFinished, test } from 'vitest'
import { BodyTooLongError, boundedFetch, retryAfter } from '../src/bounded-fetch.ts'
import { hostileEndpoint } from './support/hostile-endpoint.ts'

async function endpoint(name: string) {
  const opened = await hostileEndpoint(name)
  onTestFinished(opened.close)
  return opened
}

const post = (url: string) =>
  boundedFetch(1_000_000)(url, {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: 'question',
    signal: AbortSignal.timeout(5_000),
  })

test.each(['redirects elsewhere (302)', 'redirects elsewhere (307)', 'redirects elsewhere (308)'])(
  'one that %s is not followed',
  async (name) => {
    const { baseURL, elsewhere } = await endpoint(name)
    expect((await post(baseURL)).status).toBe(Number(name.match(/\d+/)![0]))
    expect(elsewhere()).toBe('')
  },
)

test.each(['sends spaces without end', 'sends a bomb of gzip', 'sends a bomb of brotli'])(
  'the body of one that %s ends',
  async (name) => {
    const { baseURL } = await endpoint(name)
    const response = await post(baseURL)
    await expect(response.text()).rejects.toThrow(BodyTooLongError)
  },
)

test.each<[string, Record<string, string>, number | undefined]>([
  ['seconds', { 'retry-after': '2' }, 2_000],
  ['milliseconds', { 'retry-after-ms': '20', 'retry-after': '9' }, 20],
  ['a day', { 'retry-after': '86400' }, 60_000],
  ['a day of another year', { 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' }, 60_000],
  ['a day that is past', { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' }, 0],
  ['more than can be said', { 'retry-after': '9'.repeat(400) }, 60_000],
  ['less than nothing', { 'retry-after-ms': '-5' }, 0],
  ['no time', { 'retry-after': 'soon' }, undefined],
  ['nothing', {}, undefined],
])('Retry-After: %s', (_name, headers, expected) => {
  expect(retryAfter(new Headers(headers))).toBe(expected)
})
