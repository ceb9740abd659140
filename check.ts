/**
 * Format, lint, types and the tests in one go: `npm run check`. Every part runs, so that one look
 * shows all that is wrong; the last line counts the tests.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

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

const counts = (() => {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<
      string,
      number
    >
    return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 }
  } catch {
    return { passed: 0, failed: 0 }
  }
})()
rmSync(folder, { recursive: true, force: true })

console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = failed.length > 0 || counts.passed === 0 ? 1 : 0
