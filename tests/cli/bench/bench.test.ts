import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { z } from 'zod'

const BENCH = fileURLToPath(new URL('../../../src/cli/bench.ts', import.meta.url))
const Figures = z.object({ embedded: z.record(z.string(), z.unknown()) })

test('an index is built and asked by words and with vectors', async () => {
  const args = [BENCH, '--articles', '30', '--questions', '3', '--vectors', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { embedded } = Figures.parse(JSON.parse(stdout))
  expect(embedded['passages']).toBeGreaterThan(30)
  expect(embedded['diskMb']).toBeGreaterThan(0)
  expect(embedded['vectors retrieval p95Ms']).toBeGreaterThan(0)
  expect(embedded['words requests an answer']).toBe(0)
}, 120_000)
