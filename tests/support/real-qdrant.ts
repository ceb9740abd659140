/**
 * The Qdrant that QDRANT_URL names, null where none is: tests that need one are skipped then, and the run
 * says so (`vitest.config.ts`). Each gets a collection of its own, removed when the test is finished.
 */
import { randomUUID } from 'node:crypto'
import { inject, onTestFinished } from 'vitest'

export const realQdrant = inject('qdrant')

/** Settings of a collection that is not there yet. */
export function newCollection() {
  const { url, apiKey } = realQdrant!
  const collection = `wence-test-${randomUUID()}`
  onTestFinished(async () => {
    for (const { name } of (await askQdrant('GET', '/collections')).collections)
      if (name.startsWith(collection)) await askQdrant('DELETE', `/collections/${name}`)
  })
  return { url, apiKey, collection }
}

/** One request past the adapter; throws what Qdrant says when it refuses. */
export async function askQdrant(method: string, path: string, body?: unknown) {
  const { url, apiKey } = realQdrant!
  const response = await fetch(`${url.replace(/\/+$/u, '')}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(apiKey && { 'api-key': apiKey }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const { result, status } = await response.json()
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(status)}`)
  return result
}
