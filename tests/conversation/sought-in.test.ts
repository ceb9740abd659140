import { expect, test } from 'vitest'
import { soughtIn } from '../../src/conversation/sought-in.ts'

const HERE = '台前县'

test.each<[string, string, string | null]>([
  ['专利质押贷款 濮阳市', '专利质押贷款', '濮阳市'],
  ['专利质押贷款 濮阳', '专利质押贷款', '濮阳市'],
  ['专利质押贷款 河南省 濮阳市', '专利质押贷款', '濮阳市'],
  ['专利质押贷款 河南省濮阳市', '专利质押贷款', '濮阳市'],
  ['濮阳市 专利质押贷款', '专利质押贷款', '濮阳市'],
  ['专利质押贷款', '专利质押贷款', HERE],
  ['专利质押贷款 各地', '专利质押贷款', null],
  ['用电 报装', '用电 报装', HERE],
  ['产业 园区', '产业 园区', HERE],
  ['濮阳市专利质押贷款', '濮阳市专利质押贷款', '濮阳市'],
  ['报装', '报装', HERE],
  ['企业用电报装要多久？ 阳谷县', '企业用电报装要多久？', '阳谷县'],
])('%s: %s in %s', (written, topic, place) => {
  expect(soughtIn(written, HERE)).toEqual({ topic, place })
})

test.each(['濮阳市', '各地', '你好', '谢谢', '', '  ', '。', 'hello there', '补'.repeat(61)])(
  'no matter is named: %j',
  (written) => {
    expect(soughtIn(written, HERE)).toBeUndefined()
  },
)
