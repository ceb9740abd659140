import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { tempFolder } from '../support/temp.ts'

const OPEN = fileURLToPath(new URL('../../src/database/open.ts', import.meta.url))

/** Another process writes to a database and closes it. */
function writeOutside(file: string, sql: string): void {
  const script = `import { connect } from ${JSON.stringify(OPEN)}
    const db = connect(${JSON.stringify(file)})
    db.exec(${JSON.stringify(sql)})
    db.close()`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script])
  expect({ status, said: status === 0 ? '' : String(stderr) }).toEqual({ status: 0, said: '' })
}

test('an index that is opened twice in a process sees what others write, however often', async () => {
  const file = join(tempFolder(), 'index.sqlite')
  const first = openEmbeddedIndex(file)
  onTestFinished(() => first.close())
  const second = openEmbeddedIndex(file)
  onTestFinished(() => second.close())
  for (let n = 1; n <= 3; n++) {
    writeOutside(file, "UPDATE meta SET value = value + 1 WHERE name = 'generation'")
    for (const index of [first, second]) expect(await index.state()).toMatch(new RegExp(` ${n}$`))
  }
})
