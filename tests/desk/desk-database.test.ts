import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keepDeskCopy, openDeskDatabase } from '../../src/desk/desk-database.ts'
import { createJudgedStore } from '../../src/desk/judged/judged-store.ts'
import { tempFolder } from '../support/temp.ts'

test('of a desk that was damaged all is back that staff judged before it was closed', () => {
  const file = join(tempFolder(), 'desk.sqlite')
  const db = openDeskDatabase(file)
  const store = createJudgedStore(db)
  const stop = keepDeskCopy(db, (error) => expect.fail(String(error)))
  for (let i = 0; i < 200; i++) {
    const judged = {
      id: `q${i}`,
      question: `第${i}号渡口几点开？`,
      kind: 'when',
      must_contain: ['八点'],
      must_contain_any: [],
      must_not_contain: [],
      evidence: [],
    }
    store.add({
      judged,
      said: 'right',
      who: '小王',
      note: '',
      answer: null,
      ticks: { pieces: [], sentences: [] },
      at: i,
    })
  }
  const before = store.all()
  stop()
  db.close()

  const bytes = readFileSync(file)
  bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 8192)
  writeFileSync(file, bytes)
  const notices: string[] = []
  const again = openDeskDatabase(file, { onNotice: (notice) => notices.push(notice) })
  expect(notices).toHaveLength(1)
  expect(createJudgedStore(again).all()).toEqual(before)
  again.close()
})
