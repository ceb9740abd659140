import { defineConfig } from 'vitest/config'

/** A real Qdrant is for the tests that mean it: what others start must not write there. */
const { QDRANT_URL: url, QDRANT_API_KEY: apiKey } = process.env
delete process.env['QDRANT_URL']
delete process.env['QDRANT_API_KEY']
if (!url)
  process.stderr.write(
    'No QDRANT_URL: what runs on a real Qdrant is skipped; QDRANT_URL=http://127.0.0.1:6333 npm test runs it.\n',
  )

declare module 'vitest' {
  interface ProvidedContext {
    qdrant: { readonly url: string; readonly apiKey: string | undefined } | null
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    provide: { qdrant: url ? { url, apiKey } : null },
  },
})
