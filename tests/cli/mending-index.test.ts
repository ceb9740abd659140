import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { mendingIndex } from '../../src/cli/mending-index.ts'
import { openFilledIndex } from '../../src/cli/open.ts'
import { parseConfig } from '../../src/config.ts'
import { DamageError } from '../../src/database/errors.ts'
import { IndexUnavailableError } from '../../src/retrieval/index-unavailable.ts'
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

test('where it cannot be opened again, the next question tries once more', async () => {
  const { left } = await prepare(PATIENTS[0]!, tempFolder(), false)
  const whole = await openFilledIndex(parseConfig({ WENCE_DATA_DIR: left }))
  onTestFinished(whole.close)
  const size = () => Promise.reject(new DamageError('not what was written'))
  const close = () => Promise.reject(new Error('not open'))
  let tries = 0
  const { index } = mendingIndex({ ...whole, index: { ...whole.index, size }, close }, async () => {
    if (tries++ === 0) throw new Error('still away')
    return whole
  })
  await expect(index.size()).rejects.toThrow('still away')
  expect(await index.size()).toBeGreaterThan(0)
})

test('a data directory that is gone is not made anew while it serves', async () => {
  const { left } = await prepare(PATIENTS[0]!, tempFolder(), false)
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => told.mockRestore())
  const { index, close } = await openFilledIndex(parseConfig({ WENCE_DATA_DIR: left }))
  onTestFinished(close)
  flipIn(join(left, 'index.sqlite'), '"articleId":"n3"')
  renameSync(left, `${left}.away`)
  await expect(index.passages('n3')).rejects.toThrow(IndexUnavailableError)
  expect(existsSync(left)).toBe(false)
  renameSync(`${left}.away`, left)
  expect((await index.passages('n3')).length).toBeGreaterThan(0)
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
