import { describe, expect, test } from 'vitest'
import { docxText } from '../../../src/ingest/read/docx-text.ts'
import {
  cell,
  levels,
  list,
  makeDocx,
  makeZip,
  numbered,
  paragraph,
  rows,
  run,
  runs,
  style,
  table,
} from './make-docx.ts'
import type { Parts } from './make-docx.ts'

const read = async (body: string, parts?: Parts) => (await docxText(makeDocx(body, parts))).text
const lines = async (body: string, parts?: Parts) => (await read(body, parts)).split('\n\n')

describe('automatic numbers', () => {
  test('are written out as the list prints them, the lower ones anew under each higher', async () => {
    const numbering = list(
      1,
      levels(
        ['chineseCountingThousand', '第%1章'],
        ['decimal', '第%2条', '<w:lvlRestart w:val="0"/>'],
        ['chineseCounting', '（%3）'],
      ),
    )
    const body = [
      numbered('总则', 1, 0),
      numbered('为了扶持养蜂，制定本办法。', 1, 1),
      numbered('本县养蜂人适用。', 1, 1),
      numbered('补助', 1, 0),
      numbered('补助包括：', 1, 1),
      numbered('蜂箱每只40元；', 1, 2),
      numbered('摇蜜机每台300元。', 1, 2),
      numbered('本办法所称蜂箱：', 1, 1),
      numbered('指木制的。', 1, 2),
    ].join('')
    expect(await lines(body, { numbering })).toEqual([
      '第一章 总则',
      '第1条 为了扶持养蜂，制定本办法。',
      '第2条 本县养蜂人适用。',
      '第二章 补助',
      '第3条 补助包括：',
      '（一）蜂箱每只40元；',
      '（二）摇蜜机每台300元。',
      '第4条 本办法所称蜂箱：',
      '（一）指木制的。',
    ])
  })

  test.each([
    ['decimal', '%1.', 12, '12.'],
    ['decimalZero', '%1', 3, '03'],
    ['chineseCounting', '%1、', 12, '十二、'],
    ['chineseCountingThousand', '第%1条', 105, '第一百零五条'],
    ['chineseCountingThousand', '第%1条', 20, '第二十条'],
    ['ideographDigital', '%1', 105, '一〇五'],
    ['chineseLegalSimplified', '%1、', 11, '壹拾壹、'],
    ['ideographTraditional', '%1、', 3, '丙、'],
    ['ideographZodiac', '%1、', 12, '亥、'],
    ['decimalEnclosedCircle', '%1', 21, '㉑'],
    ['decimalEnclosedCircleChinese', '%1', 2, '②'],
    ['decimalFullWidth', '%1．', 10, '１０．'],
    ['upperLetter', '%1.', 28, 'BB.'],
    ['lowerLetter', '%1)', 2, 'b)'],
    ['upperRoman', '%1.', 14, 'XIV.'],
    ['lowerRoman', '%1.', 4, 'iv.'],
    ['none', '附则', 1, '附则'],
    ['unheardOf', '%1.', 7, '7.'],
  ])('of the format %s: %s %i is %s', async (format, text, start, shown) => {
    const level = levels([format, text]).replace(
      '<w:start w:val="1"/>',
      `<w:start w:val="${start}"/>`,
    )
    const [line] = await lines(numbered('x', 1), { numbering: list(1, level) })
    expect(line!.slice(0, -1).trim()).toBe(shown)
  })

  test('hold those of higher levels, also of one that was passed over', async () => {
    const numbering = list(
      1,
      levels(['upperRoman', '%1'], ['decimal', '%1.%2'], ['decimal', '%1.%2.%3', '<w:isLgl/>']),
    )
    const body = [0, 2, 1, 2].map((level) => numbered('2023年', 1, level)).join('')
    expect(await lines(body, { numbering })).toEqual([
      'I 2023年',
      '1.1.1 2023年',
      'I.2 2023年',
      '1.2.1 2023年',
    ])
  })

  test('go on in a list of the same kind, and begin anew where it says so', async () => {
    const numbering =
      list(1, levels(['decimal', '%1.'])) +
      list(2, '', 1) +
      list(3, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="8"/></w:lvlOverride>', 1) +
      list(4, `<w:lvlOverride w:ilvl="0">${levels(['lowerLetter', '%1)'])}</w:lvlOverride>`, 1)
    const body = [1, 2, 3, 3, 4].map((id) => numbered('项', id)).join('')
    expect(await lines(body, { numbering })).toEqual(['1. 项', '2. 项', '8. 项', '9. 项', 'j) 项'])
  })

  test('come from the style, by the level that names it, and are taken off by the list 0', async () => {
    const numbering = list(
      5,
      levels(
        ['decimal', '%1.', '<w:pStyle w:val="A"/>'],
        ['decimal', '%1.%2', '<w:pStyle w:val="B"/>'],
      ),
    )
    const inList = '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
    const styles =
      style('A', '章标', inList) + style('B', '节标', inList) + style('C', '节标二', '', 'B')
    const body =
      paragraph('一', 'A') +
      paragraph('二', 'B') +
      runs(run('三'), '<w:pStyle w:val="B"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
      paragraph('四', 'C')
    expect(await lines(body, { numbering, styles })).toEqual(['1. 一', '1.1 二', '三', '1.2 四'])
  })

  test('of a list that a style defines', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>' +
      `<w:abstractNum w:abstractNumId="8">${levels(['ideographTraditional', '%1、'])}</w:abstractNum>` +
      '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    const styles =
      '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    expect(await lines(numbered('渔业', 1) + numbered('林业', 2), { numbering, styles })).toEqual([
      '甲、渔业',
      '乙、林业',
    ])
  })

  test('are not those of bullets, hidden paragraphs and lists that are not there', async () => {
    const numbering = list(1, levels(['bullet', '\uf0b7'])) + list(2, levels(['decimal', '%1.']))
    const hidden = numbered('藏', 2).replace('<w:numPr>', '<w:rPr><w:vanish/></w:rPr><w:numPr>')
    const body =
      numbered('点', 1) +
      hidden.replace('<w:r>', '<w:r><w:rPr><w:vanish/></w:rPr>') +
      numbered('数', 2) +
      numbered('无', 9)
    expect(await lines(body, { numbering })).toEqual(['点', '1. 数', '无'])
  })

  test('number the rows of a table whose cells are empty otherwise', async () => {
    const numbering = list(1, levels(['decimal', '%1']))
    const row = (text: string) => [cell(numbered('', 1)), cell(paragraph(text))]
    expect(await read(rows([row('养蜂'), row('养蚕')]), { numbering })).toBe('1\t养蜂\n2\t养蚕')
  })
})

describe('notes', () => {
  const reference = (kind: string, id: number, more = '') =>
    `<w:r><w:${kind}Reference w:id="${id}"/>${more}</w:r>`
  const note = (kind: string, id: number, text: string) =>
    `<w:${kind} w:id="${id}">${runs(`<w:r><w:${kind}Ref/></w:r>${run(text)}`)}</w:${kind}>`

  test('stand at the end, and their marks do not stand beside a figure', async () => {
    const body =
      runs(run('总投资20亿元') + reference('footnote', 3) + run('，三年建成。')) +
      runs(run('占地') + reference('endnote', 2) + run('300亩。')) +
      runs(run('年产8万吨') + reference('footnote', 4, '<w:t>5</w:t>') + run('。'))
    const footnotes =
      '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>' +
      note('footnote', 4, '按干重计。') +
      note('footnote', 3, '不含土地出让金。')
    const custom = body.replace('w:id="4"', 'w:id="4" w:customMarkFollows="1"')
    const endnotes = note('endnote', 2, '据2023年测量。')
    expect(await lines(custom, { footnotes, endnotes })).toEqual([
      '总投资20亿元，三年建成。',
      '占地300亩。',
      '年产8万吨。',
      '注1：不含土地出让金。',
      '注2：按干重计。',
      '尾注1：据2023年测量。',
    ])
  })

  test('that nothing refers to are not read, nor are raised figures a part of the one before', async () => {
    const up = (text: string) => run(text, '<w:vertAlign w:val="superscript"/>')
    const body =
      runs(run('面积10') + up('4') + run('m') + up('2') + up('[5]') + run('，') + up('th')) +
      runs(
        run('补助20亿元') +
          up('3') +
          run('，共8亿元') +
          up('1,2') +
          run('。') +
          up('[') +
          up('6') +
          up(']'),
      )
    expect(await lines(body, { footnotes: note('footnote', 1, '旧注。') })).toEqual([
      '面积10^4m²[5]，th',
      '补助20亿元[3]，共8亿元[1,2]。[6]',
    ])
  })
})

describe('what a reader of the document does not see', () => {
  const hidden = '<w:vanish/>'

  test('is not read: hidden runs, by themselves or by a style', async () => {
    const styles =
      style('H', '内部', `<w:rPr>${hidden}</w:rPr>`) +
      style('I', '内部二', '', 'H') +
      `<w:style w:type="character" w:styleId="K"><w:name w:val="暗"/><w:rPr>${hidden}</w:rPr></w:style>`
    const body =
      runs(
        run('补助5') + run('0', hidden) + run('万元') + run('（待定）', '<w:rStyle w:val="K"/>'),
      ) +
      paragraph('内部掌握。', 'I') +
      runs(run('公开', '<w:vanish w:val="0"/>') + run('不公开'), '<w:pStyle w:val="H"/>')
    expect(await lines(body, { styles })).toEqual(['补助5万元', '公开'])
  })

  test('is not read: what was deleted or moved away, and comments; inserted text is', async () => {
    const body =
      runs(
        run('补助') +
          '<w:del><w:r><w:delText>30</w:delText></w:r></w:del>' +
          `<w:ins>${run('60')}</w:ins>` +
          run('元') +
          '<w:r><w:commentReference w:id="1"/></w:r>' +
          `<w:moveFrom>${run('，按月')}</w:moveFrom>` +
          `<w:moveTo>${run('，按年')}</w:moveTo>`,
      ) +
      runs(run('第一段'), '<w:rPr><w:del/></w:rPr>') +
      paragraph('接着的话。')
    expect(await lines(body)).toEqual(['补助60元，按年', '第一段接着的话。'])
  })

  test('is not read: what fields calculate from, contents and page numbers; results are', async () => {
    const mark = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`
    const field = (instruction: string, result: string) =>
      `${mark('begin')}<w:r><w:instrText> ${instruction} </w:instrText></w:r>${mark('separate')}${result}${mark('end')}`
    const body =
      paragraph('目  录') +
      runs(
        `${mark('begin')}<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>${mark('separate')}` +
          run('一、养蜂') +
          field('PAGEREF _a', run('3')),
      ) +
      runs(run('二、养蚕4') + mark('end') + run('正文见')) +
      runs(
        run('本县') +
          field('REF b', run('第三条')) +
          run('规定，第') +
          field('PAGE', run('12')) +
          run('页'),
      ) +
      paragraph('养蜂\t3', 'TOC1') +
      runs(`<w:fldSimple w:instr=" NUMPAGES ">${run('9')}</w:fldSimple>${run('完')}`) +
      runs(
        `${mark('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>${mark('separate')}${run('没有完的域照读。')}`,
      )
    expect(await lines(body)).toEqual(['正文见', '本县第三条规定，第页', '完', '没有完的域照读。'])
  })

  test('is not read: contents and requests in controls; what was filled in is', async () => {
    const control = (properties: string, content: string) =>
      `<w:sdt><w:sdtPr>${properties}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    const body =
      control(
        '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        paragraph('一、养蜂 3'),
      ) +
      runs(
        run('单位：') +
          control('', run('养蜂站')) +
          control('', run('单击输入', '<w:rStyle w:val="PlaceholderText"/>')),
      )
    expect(await lines(body)).toEqual(['单位：养蜂站'])
  })

  test('text boxes are read once', async () => {
    const box = `<w:txbxContent>${paragraph('咨询电话114')}</w:txbxContent>`
    const both = `<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent>`
    expect(await lines(runs(run('正文前') + `<w:r>${both}</w:r>` + run('正文后')))).toEqual([
      '正文前正文后',
      '咨询电话114',
    ])
  })

  test('a document that ends too early is read as far as it goes', async () => {
    expect(await lines(`${paragraph('第一段')}<w:p w:rsid="`)).toEqual(['第一段'])
  })

  test('parts of a paragraph are written as a reader sees them', async () => {
    const sign = (name: string) => `<w:r><w:${name}/></w:r>`
    const body =
      runs(
        run('电话 0571') +
          sign('noBreakHyphen') +
          run('8888') +
          sign('tab') +
          run('转3') +
          sign('br') +
          run('传真'),
      ) +
      runs('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run('500万元')) +
      runs(
        `<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>`,
      )
    expect(await lines(body)).toEqual(['电话 0571-8888 转3\n传真', '≥500万元', '1/2'])
  })
})

describe('tables', () => {
  test('are told by rows; merged cells keep their place, labels stand in each row', async () => {
    const merge = (value: string) => `<w:vMerge w:val="${value}"/>`
    const body = rows([
      [cell(paragraph('补助标准'), '<w:gridSpan w:val="3"/>')],
      [cell(paragraph('蜂箱'), merge('restart')), cell(paragraph('木制')), cell(paragraph('40元'))],
      [cell(paragraph(''), merge('continue')), cell(paragraph('竹制')), cell(paragraph('30元'))],
      [cell(paragraph('合计'), '<w:gridSpan w:val="2"/>'), cell(paragraph('70') + paragraph('元'))],
      [cell(''), cell(''), cell('')],
    ])
    expect(await read(body)).toBe('补助标准\n蜂箱\t木制\t40元\n蜂箱\t竹制\t30元\n合计\t\t70 元')
  })

  test('say a long merged cell once, and leave out rows that were deleted', async () => {
    const long = '办'.repeat(41)
    const body = rows([
      [cell(paragraph(long), '<w:vMerge w:val="restart"/>'), cell(paragraph('甲'))],
      [cell(paragraph(''), '<w:vMerge/>'), cell(paragraph('乙'))],
      [cell(paragraph('丙')), cell(paragraph('丁'))],
    ]).replace(/<w:tr>(?!.*<w:tr>)/, '<w:tr><w:trPr><w:del/></w:trPr>')
    expect(await read(body)).toBe(`${long}\t甲\n\t乙`)
  })

  test('of one column are a frame, and those in a cell are told in its line', async () => {
    const inner = table([
      ['蜂', '蚕'],
      ['1', '2'],
    ])
    expect(await read(rows([[cell(paragraph('框里第一段。') + paragraph('第二段。'))]]))).toBe(
      '框里第一段。\n\n第二段。',
    )
    expect(await read(rows([[cell(paragraph('左') + inner), cell(paragraph('右'))]]))).toBe(
      '左 蜂 蚕 1 2\t右',
    )
  })
})

describe('headings', () => {
  test('are told by the name of their style and their place in the outline, inherited too', async () => {
    const styles =
      style('a', 'Title') +
      style('1', 'heading 1', '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>') +
      style('x', '我的标题', '', '1') +
      style('y', '正文标题', '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', '1')
    const body =
      paragraph('关于扶持养蜂的', 'a') +
      paragraph('若干措施', 'a') +
      paragraph('总体要求', 'x') +
      runs(run('具体措施'), '<w:outlineLvl w:val="1"/>') +
      paragraph('这是正文', 'y') +
      paragraph('第一条 为了扶持养蜂，制定本办法。', '1')
    expect(await lines(body, { styles })).toEqual([
      '# 关于扶持养蜂的若干措施',
      '## 总体要求',
      '### 具体措施',
      '这是正文',
      '第一条 为了扶持养蜂，制定本办法。',
    ])
  })

  const centred = '<w:jc w:val="center"/>'
  const size = (points: number) => `<w:sz w:val="${points * 2}"/>`
  const text = paragraph('为了扶持养蜂，县里决定对新购的蜂箱每只补助40元，长期有效。').repeat(4)

  test.each([
    ['larger', runs(run('养蜂补助办法', size(22)))],
    ['larger than a line above', paragraph('附件1') + runs(run('养蜂补助办法', size(22)))],
    ['bold', runs(run('养蜂补助办法', '<w:b/>'))],
    ['centred', runs(run('养蜂补助办法'), centred)],
    [
      'of two lines, below the head of the office and the number',
      runs(run('柳泉县人民政府文件', size(40)), centred) +
        runs(run('青政发〔2023〕5号'), centred) +
        runs(run('养蜂', size(22)), centred) +
        runs(run('补助办法', size(22)), centred) +
        runs(run('（2023年5月6日通过）'), centred),
    ],
  ])('without a style, the title stands out at the beginning: %s', async (_name, title) => {
    expect((await lines(title + text)).filter((line) => line.startsWith('#'))).toEqual([
      '# 养蜂补助办法',
    ])
  })

  test('what is set like such a title below it is a heading', async () => {
    const annex = runs(run('养蜂补助办法', size(22)), centred)
    const body = runs(run('关于印发养蜂补助办法的通知', size(22)), centred) + text + annex + text
    expect((await lines(body)).filter((line) => line.startsWith('#'))).toEqual([
      '# 关于印发养蜂补助办法的通知',
      '## 养蜂补助办法',
    ])
  })

  test.each([
    ['nothing stands out', paragraph('养蜂补助办法') + text],
    ['all is bold', runs(run('养蜂', '<w:b/>')) + runs(run('蜂箱每只补助40元', '<w:b/>'))],
    ['a section stands out', runs(run('一、总体要求', '<w:b/>')) + text],
    ['the text has begun', paragraph('现通知如下：') + runs(run('补助对象', '<w:b/>')) + text],
    ['a greeting stands out', runs(run('各位养蜂人：', '<w:b/>')) + text],
  ])('there is none when %s', async (_name, body) => {
    expect(await read(body)).not.toContain('#')
  })
})

describe('refuses in words', () => {
  test.each([
    ['another archive', makeZip({ 'xl/workbook.xml': '<workbook/>' }), /without a Word document/],
    ['half an archive', makeDocx(paragraph('文')).subarray(0, 300), /damaged/],
    ['nested too deeply', makeDocx('<w:ins>'.repeat(1000)), /too deep/],
  ])('%s', async (_name, bytes, message) => {
    await expect(docxText(bytes)).rejects.toThrow(message)
  })

  test.each([
    ['says so', undefined, 'more than 64 MB'],
    ['says nothing of it', 10, 'without a Word document'],
  ])('what unpacks to more than 64 MB and %s', async (_name, claimed, message) => {
    const bomb = makeZip({ 'word/document.xml': ' '.repeat(70 * 1024 * 1024) }, claimed)
    const started = performance.now()
    await expect(docxText(bomb)).rejects.toThrow(message)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
