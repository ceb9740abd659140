import { describe, expect, test } from 'vitest'
import { type Heading, proposalLabel } from '../../../src/answer/tell/label.ts'
import { GOVERNORS, governorsOf } from '../../../src/language/governors.ts'
import { toldOf } from './told.ts'

const governs = governorsOf(GOVERNORS)
const NONE: Heading = { headline: null, kicker: null, subhead: null, section: null, before: '' }
const label = (heading: Partial<Heading>, told = '设立冷库建设基金。') =>
  proposalLabel({ ...NONE, ...heading }, told, governs)

describe('a proposal says whose it is', () => {
  test.each<readonly [heading: Partial<Heading>, expected: string]>([
    [{ subhead: '对策建议' }, '报告建议'],
    [{ subhead: '三、对策' }, '报告建议'],
    [{ section: '三、对策建议', subhead: '（一）扩建冷库' }, '报告建议'],
    [{ headline: '关于发展夜市的建议' }, '报告建议'],
    [{ headline: '夜市情况调查', subhead: '对策' }, '报告建议'],
    [{ headline: '关于发展夜市的提案' }, '委员建议'],
    [{ headline: '发展夜市', kicker: '政协提案选登' }, '委员建议'],
    [{ headline: '政协委员建言夜市' }, '委员建议'],
    [{ headline: '县政协调研报告', subhead: '对策建议' }, '委员建议'],
    [{ headline: '人大代表建议发展夜市' }, '代表建议'],
    [{ headline: '发展夜市', kicker: '代表建言' }, '代表建议'],
    [{ before: '罗小满代表提出：一是延长营业时间。' }, '代表建议'],
    [{ before: '罗小满委员建议：一是延长营业时间。' }, '委员建议'],
  ])('%j', (heading, expected) => expect(label(heading)).toBe(expected))

  test.each(['建议延长营业时间。', '呼吁减免摊位费。'])('in its own words: %s', (told) => {
    expect(label({}, told)).toBe('有人建议')
  })
})

describe('a fact has no label', () => {
  test.each<Partial<Heading>>([
    {},
    { headline: '县政协委员视察夜市' },
    { headline: '基层代表谈夜市' },
    { headline: '关于发展夜市的建议', subhead: '一、存在问题' },
    { headline: '采纳群众建议 办好夜市' },
    { headline: '代表建议办理见效' },
    { headline: '关于发展夜市的议案', subhead: '工作成效' },
    { section: '二、存在问题', subhead: '（一）冷库太少' },
    { before: '罗小满代表到夜市调研。' },
    { before: '有人提出：' },
  ])('%j', (heading) => expect(label(heading)).toBeNull())

  test.each(['采纳群众建议12条。', '罗小满建议延长营业时间。'])(
    'that only speaks of a proposal, or says whose it is: %s',
    (told) => expect(label({}, told)).toBeNull(),
  )
})

test('the label stands in front of what is told, which keeps its words', () => {
  const heading = { ...NONE, section: '三、对策建议', subhead: '（一）扩建冷库' }
  expect(toldOf('一是设立冷库建设基金，二是减免电费。', ['设立'], { heading })).toBe(
    '报告建议：设立冷库建设基金。',
  )
})
