import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openFilledIndex } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { PATIENTS, flipIn, prepare } from '../support/damage.ts'
import { tempFolder } from '../support/temp.ts'

test('damage that befalls an index while it serves is mended, and whoever asked gets the answer', async () => {
  const { left } = await prepare(PATIENTS[0]!, tempFolder(), false)
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => told.mockRestore())
  const config = parseConfig({ WENCE_DATA_DIR: left })
  const before = await openFilledIndex(config)
  const whole = await before.index.passages('n3')
  await before.close()
  expect(whole.length).toBeGreaterThan(0)

  const { index, close } = await openFilledIndex(config)
  onTestFinished(close)
  const file = join(left, 'index.sqlite')
  flipIn(file, '"articleId":"n3"')
  const asked = await Promise.all([index.passages('n3'), index.passages('n3')])
  expect(asked).toEqual([whole, whole])
  const notices = told.mock.calls.map(([notice]) => String(notice))
  expect(notices.filter((notice) => notice.includes(`${file} 已损坏`))).toHaveLength(1)
  expect(await index.passages('n3')).toEqual(whole)
})

test('an index that another process made again is opened again', async () => {
  const { left } = await prepare(PATIENTS[0]!, tempFolder(), false)
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => told.mockRestore())
  const config = parseConfig({ WENCE_DATA_DIR: left })
  const { index, close } = await openFilledIndex(config)
  onTestFinished(close)
  const [identity, whole] = [await index.identity(), await index.passages('n3')]
  flipIn(join(left, 'index.sqlite'), '"articleId":"n3"')
  await (await openFilledIndex(config)).close()
  expect(await index.passages('n3')).toEqual(whole)
  expect(await index.identity()).not.toBe(identity)
})
