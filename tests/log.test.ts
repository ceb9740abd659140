import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

const PROGRAM = `
import { createLog } from '${new URL('../src/log.ts', import.meta.url).href}'
const log = createLog('info')
const before = process.memoryUsage.rss()
for (let n = 0; n < 20_000; n++) log.info({ n }, 'x'.repeat(1_000))
await new Promise((resolve) => setTimeout(resolve, 50))
console.log((process.memoryUsage.rss() - before) / 1e6)
`

test.skipIf(!existsSync('/dev/full'))(
  'a log on a full disk ends nothing, and what waits for room is bounded',
  async () => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      stdio: ['ignore', 'pipe', full],
    })
    const [grown, [code]] = await Promise.all([text(child.stdout!), once(child, 'exit')])
    closeSync(full)
    expect(code).toBe(0)
    expect(Number(grown)).toBeLessThan(100)
  },
  20_000,
)
