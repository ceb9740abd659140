/**
 * Format, lint, types and the tests in one go: `npm run check`. Every part runs, so that one look
 * shows all that is wrong; the last line counts the tests.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { bareCommand } from './src/cli/command.ts'

const Report = z.object({ numPassedTests: z.number(), numFailedTests: z.number() })

const usage = 'npm run check   format, lint, types and the tests; exit 1 when any of them fails'

await bareCommand({ usage, options: {} }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'check-'))
  const report = join(folder, 'tests.json')

  const steps: readonly (readonly string[])[] = [
    ['run', 'format', '--', '--check'],
    ['run', 'lint'],
    ['run', 'types'],
    ['test', '--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]

  const failed = steps.filter((step) => {
    const { status } = spawnSync('npm', ['--silent', ...step], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    return status !== 0
  })
  for (const step of failed) console.error(`Failed: npm ${step.join(' ')}`)

  const counts = countTests(report)
  rmSync(folder, { recursive: true, force: true })

  console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`)
  return failed.length > 0 || counts.numPassedTests === 0 ? 1 : 0
})

function countTests(report: string) {
  const none = { numPassedTests: 0, numFailedTests: 0 }
  return existsSync(report) ? Report.parse(JSON.parse(readFileSync(report, 'utf8'))) : none
}
