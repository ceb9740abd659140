/**
 * The Qdrant that QDRANT_URL names: each test gets a collection of its own there, which is removed when the
 * test is finished. Where none is named, tests that need one are skipped, and say so.
 */
import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'

const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = process.env

if (!url)
  process.stderr.write(
    'No QDRANT_URL here: tests on a real Qdrant are skipped; QDRANT_URL=http://127.0.0.1:6333 npm test runs them.\n',
  )

export const realQdrant = url ? { url, apiKey, collection, ask } : undefined

function collection() {
  const name = `wence-test-${randomUUID()}`
  onTestFinished(async () => {
    for (const { name: one } of (await ask('GET', '/collections')).collections)
      if (one.startsWith(name)) await ask('DELETE', `/collections/${one}`)
  })
  return { url: url!, apiKey, collection: name }
}

/** One request past the adapter; throws what Qdrant says when it is refused. */
async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(`${url!.replace(/\/+$/u, '')}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(apiKey && { 'api-key': apiKey }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const { result, status } = await response.json()
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(status)}`)
  return result
}
