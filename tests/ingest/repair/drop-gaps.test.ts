import { describe, expect, test } from 'vitest'
import { dropGaps } from '../../../src/ingest/repair/drop-gaps.ts'
import { trace } from '../../../src/traced.ts'

const repaired = (text: string) => dropGaps(trace(text)).text

describe('drops what extraction left', () => {
  test.each([
    [
      'around figures and units',
      '全市 20 家企业贷款 2.86 亿元，增长 12.5 %。',
      '全市20家企业贷款2.86亿元，增长12.5%。',
    ],
    ['around quotes', '有效缓解 “缺资金 ”、难融资', '有效缓解“缺资金”、难融资'],
    [
      'before and behind punctuation',
      '建设计划 、重点领域 ， 作出规定 。 今年',
      '建设计划、重点领域，作出规定。今年',
    ],
    ['after a figure and its full stop', '增长 9.8%。 1 至 4 月', '增长9.8%。1至4月'],
    ['around Latin words', '关注微信 App 和 GDP 增速', '关注微信App和GDP增速'],
    [
      'inside words of a sentence',
      '企业之间进行技术交 流、合作都很方便，',
      '企业之间进行技术交流、合作都很方便，',
    ],
    [
      'inside words of a line that goes on',
      '从大会的主题和主要 成果、',
      '从大会的主题和主要成果、',
    ],
    ['behind a word that leans on the next', '国家政策的 主要阵地', '国家政策的主要阵地'],
    ['behind ASCII punctuation', '配套设施令人称赞; 二是园区', '配套设施令人称赞;二是园区'],
    ['at the end of a line', '全市工业 \n稳中向好', '全市工业\n稳中向好'],
    ['in a line spread to its width', '依 托 资 源 禀 赋', '依托资源禀赋'],
    ['in a spread line with marks', '示 范 ”、 国 家 重 点', '示范”、国家重点'],
    ['in a spread line with figures', '濮 阳 市 2 0 2 3 年 公 报', '濮阳市2023年公报'],
    ['in spread names of a list', '出席：王 丽、张建国、刘 宁', '出席：王丽、张建国、刘宁'],
    ['in spread names before credits', '李 明/文 王 丽/图', '李明/文 王丽/图'],
    [
      'inside the date of a running head',
      '某某日报 2023 年 5 月 6 日 星期六 第 2 版',
      '某某日报 2023年5月6日 星期六 第2版',
    ],
    ['in a spread name before an office', '刘 宁 市委党校教师', '刘宁 市委党校教师'],
    [
      'in a spread name with a remark',
      '郑 鑫〔执笔〕 市总工会办公室',
      '郑鑫〔执笔〕 市总工会办公室',
    ],
    ['in spread names behind a role', '本报记者 李 明 王 丽 摄', '本报记者 李明 王丽 摄'],
    [
      "inside a table's label",
      '5 投资占 500万元以上项目比重 20.5%',
      '5 投资占500万元以上项目比重 20.5%',
    ],
  ])('%s', (_name, text, expected) => {
    expect(repaired(text)).toBe(expected)
  })
})

describe('keeps what carries meaning', () => {
  test.each([
    ['two names in a byline', '（记者 王庆红 通讯员 魏园军 杨岭敏）'],
    ['a credit', '本报记者 李振涛 通讯员 邵胜涛 摄'],
    ['a credit behind a sentence', '丰富多彩、甜美幸福。 本报记者 刘阳'],
    ['authors in brackets', '较年初新增4.5亿元。（王为峰 赵尚元）'],
    ['the halves of a slogan', '政府引导带动 银保协同联动 平台助力推动'],
    ['a slogan quoted in a sentence', '推出“聚力惠企纾困 助推复工复产”十大举措，强化保障'],
    ['a headline', '开发区某村 幸福像花儿一样'],
    ['a name and its office', '宋焕焕 市委党校教师'],
    ['cells of a row', '国家级 1798家 95家 2家'],
    ['a serial number, a label and its value', '6 制造业投资增速 47.5%'],
    ['single figures of a row', '合计 1 2 3 4 5'],
    ['heads of columns', '序号 指标 2023年\n1 企业数量 742家'],
    ['Latin words', 'Open Data Center'],
    ['a bullet', '■ 葛思逸'],
    ['a list mark', '- 项目一'],
    ['a heading mark', '## 标题'],
    ['an indent', '　　本报讯'],
    ['a tab between cells', '指标\t2023年\t742 家'],
    ['a photographer behind a slash', '物流园 本通 / 摄'],
  ])('%s', (_name, text) => {
    expect(repaired(text)).toBe(text)
  })
})

test('makes a wide space an ordinary one', () => {
  expect(repaired('本报记者　李明')).toBe('本报记者 李明')
})

test.each(['企业 ', '王丽 ', '（记者 王丽 ', '记者 '])(
  'a line of %j over and over is read in time',
  (unit) => {
    const line = unit.repeat(Math.ceil(30_000 / unit.length))
    const start = performance.now()
    repaired(line)
    // As long as its length squared takes would be some ten times this.
    expect(performance.now() - start).toBeLessThan(3000)
  },
)
