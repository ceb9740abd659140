import { describe, expect, test } from 'vitest'
import { governorsOf, GOVERNORS } from '../../src/language/governors.ts'
import { subjectOf } from '../../src/language/subject.ts'
import { wordsOf } from '../../src/language/words.ts'

const governs = governorsOf(GOVERNORS)

describe.each([
  [
    'full',
    [
      '青湾县产茶三吨',
      '县财政局拨款',
      '云溪茶厂投产',
      '三家工厂投产',
      '王厂长表示',
      '由县财政局拨付',
      '全县增收',
      '入园企业可享受补贴',
      '符合条件的企业可申请',
      '紧邻的蓝屿生物建成',
      '共有34个项目入选',
      '力争全区完成投资',
      '每年县里发奖',
    ],
  ],
  ['generic', ['企业减税', '财政拨付', '职工缴费', '目前企业减税']],
  ['property', ['产量三吨', '总投资三亿元', '最高补贴三万元', '年产茶90吨', '住宅面积增长']],
  [
    'none',
    [
      '增长三成',
      '发给证书',
      '着力发展茶业',
      '鼓励农户种茶',
      '将大桥加宽',
      '被评为先进',
      '力争完成',
      '共有34个项目',
      '签约项目167个',
      '对新办企业免收租金',
      '没有停工',
      '目前',
      '',
    ],
  ],
] as const)('%s', (kind, texts) => {
  test.each(texts)('%s', (text) => expect(subjectOf(wordsOf(text), governs)).toBe(kind))
})
