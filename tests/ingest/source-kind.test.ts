import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kindOfText } from '../../src/ingest/source-kind.ts'

const kindOf = (text: string) => kindOfText({ kind: null, text }).kind

test.each(readdirSync('seeds'))('seeds/%s is a page of a newspaper', (name) => {
  expect(kindOf(readFileSync(`seeds/${name}`, 'utf8'))).toBe('newspaper')
})

const LAW =
  '柳泉市节约用水条例\n\n第一条 为了节约用水，制定本条例。\n第二条 本市用水适用本条例。\n第三条 浪费用水的，处二百元罚款。'
const REPORT =
  '# 用水情况调研报告\n\n本报告由课题组完成。\n\n## 一、现状\n\n全县年用水3亿立方米。\n\n## 二、建议\n\n建议安装水表。'

test.each([
  ['a law', LAW, 'document'],
  ['a report with sections', REPORT, 'document'],
  [
    'one story of a paper',
    '水价听证会召开\n\n本报讯（记者 周宁）4月9日，水价听证会召开。\n',
    'document',
  ],
  [
    'an interview',
    '水价怎么定\n\n记者：水价怎么定？\n答：按用量分三档。\n记者：何时起？\n答：5月1日起。',
    'document',
  ],
  [
    'two stories',
    '水价听证会召开\n本报讯（记者 周宁）4月9日，水价听证会召开。\n\n新泵站通水\n本报讯（记者 何田）新泵站通水。\n',
    'newspaper',
  ],
  [
    'a masthead over one story',
    '柳泉日报 2021年4月9日 星期五 第2版\n水价听证会召开\n听证会昨天召开。',
    'newspaper',
  ],
  [
    'a scan with several heads',
    '# 水价听证会召开\n\n听证会昨天召开。\n\n# 新泵站通水\n\n新泵站通水。',
    'newspaper',
  ],
])('%s', (_what, text, kind) => expect(kindOf(text)).toBe(kind))

test('what the format says goes before what the text looks like', () => {
  const kind = { kind: 'web', reason: '网页文件' } as const
  expect(kindOfText({ kind, text: LAW })).toBe(kind)
})

test('the reason is told', () => {
  expect(kindOfText({ kind: null, text: LAW }).reason).toBe('有3条“第X条”，是一份文件')
})
