import { expect, test } from 'vitest'
import { singleLetters } from '../../../src/ingest/repair/doubled-letters.ts'
import { trace } from '../../../src/traced.ts'

test.each([
  ['节节水水奖奖励励办办法法', '节水奖励办法'],
  ['  节节水水 奖奖励励办办法法\r', '  节水 奖励办法\r'],
  ['第一行\n节节水水奖奖励励\n第三行', '第一行\n节水奖励\n第三行'],
])('a line that sets every letter twice says each once: %j', (printed, read) => {
  expect(singleLetters(trace(printed)).text).toBe(read)
})

test.each(['高高兴兴', '家家户户笑哈哈', '节节水水奖奖励励办办法', '1122334455'])(
  '%s stays',
  (text) => expect(singleLetters(trace(text)).text).toBe(text),
)
