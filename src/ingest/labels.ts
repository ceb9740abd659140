/** What a label before a value says of a text. `other` is nothing that a reader asks for. */
export type LabelField =
  | 'title'
  | 'publication'
  | 'published'
  | 'written'
  | 'passed'
  | 'force'
  | 'author'
  | 'editor'
  | 'issuer'
  | 'number'
  | 'url'
  | 'other'

/** The labels that papers' pages, county sites and scrapers print, by what they say. Longer ones win: 信息来源 before 来源. */
const WORDS: readonly (readonly [field: LabelField, words: string])[] = [
  ['title', '标题 信件标题 新闻标题 title 题名 文件名称 信息名称 文章标题 公文标题 名称'],
  [
    'publication',
    '来源 来自 source 本文来源 稿源 文章来源 信息来源 稿件来源 新闻来源 来源媒体 媒体 出处 原载 报纸',
  ],
  [
    'published',
    '发布时间 发布日期 发表时间 发表日期 发稿时间 公开日期 公开时间 公布日期 发文日期 发文时间 回复时间 时间 日期 date',
  ],
  ['written', '成文日期 成文时间 印发日期 印发时间 制发日期 生成日期 签发日期'],
  ['passed', '通过日期 通过时间'],
  ['force', '施行日期 实施日期 生效日期 生效时间 实施时间 施行时间'],
  ['author', '作者 author 发布者 发布人 撰稿 撰文 文 供稿 记者 通讯员 执笔'],
  ['editor', '责任编辑 责编 编辑 网络编辑 本文责编 值班编辑 选稿'],
  [
    'issuer',
    '发布机构 publisher 回复单位 发布机关 发文机关 印发机关 发布单位 制发机关 发文单位 公开主体 发布部门 发文机构 制定机关 颁布单位',
  ],
  ['number', '文号 发文字号 文件编号 发文文号 公文文号 文件文号'],
  ['url', 'url 原文链接 原文网址 链接 网址 原文地址 本文链接 来源链接'],
  [
    'other',
    '索引号 tags categories keywords 查看 评论 内容概述 统一编号 文件状态 主题分类 主题词 关键词 关键字 体裁 体裁分类 有效性 公文种类 信息分类 组配分类 公开方式 公开范围 ' +
      '公开时限 时效性 时效状态 废止日期 失效日期 点击 点击数 点击量 点击率 浏览 浏览量 浏览次数 阅读 阅读量 阅读次数 ' +
      '访问量 访问次数 字体 字号 浏览字号 字体大小 分享 分享到 打印 审核 初审 复审 终审 校对 审校 监制 总监制 摄影 图 值班主任 值班总监 ' +
      '更新时间 更新日期 采集时间 抓取时间 下载时间 栏目 所属栏目 专题 频道 版次 版面 版别',
  ],
]

export type Labels = ReadonlyMap<LabelField, Labelled>

/** A value, and where it stands in its line. */
export interface Labelled {
  readonly value: string
  readonly start: number
}

const FIELD_OF: ReadonlyMap<string, LabelField> = new Map(
  WORDS.flatMap(([field, words]) => words.split(' ').map((word) => [word, field] as const)),
)
const BLANK = '[ \\u3000]'
const LABEL = new RegExp(
  `(?<![a-z])(${[...FIELD_OF.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.split('').join(`${BLANK}*`))
    .join('|')})${BLANK}*(?:[：:]|\\t)`,
  'giu',
)
/** A cell that reaches over several columns is written in each: 名称\t节水办法\t节水办法. */
const SPREAD = /^(\t?([^\t]+))(?:\t\2)+\t?$/u
/** A day, with the time that follows it; the year first, as nobody writes it in prose. */
export const MOMENT =
  /(?:19|20)\d\d(?:年\s*\d{1,2}月\s*\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})(?:\s*(?:星期|周)[一二三四五六日天])?[\sT]*(?:\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{1,2}秒?|分)?)?/u
const CLOCK = /\d[:：时]\d/u
/** A value is a name, a day or an address; what is longer or a sentence is text. */
const VALUE_LENGTH = 80
const LEAD_LENGTH = 30
/** What pages write where nothing is known, and labels without a value beside the next. */
const EMPTY =
  /^(?:无|未知|暂无|-+|—+|\/|本(?:[报刊台站网]|网站)(?:原创)?|原创|网络|互联网|转载|综合|佚名|admin|管理员)?$/iu

/**
 * Reads a line that only labels: 2023-05-06 09:10 来源：桃溪日报 作者：李四, or a row of such cells.
 * Null of a line that says anything else.
 */
export function readLabels(line: string): Labels | null {
  const bare = unwrap(line)
  const found = [...bare.matchAll(LABEL)]
  const labels = new Map<LabelField, Labelled>()
  const offset = line.indexOf(bare)
  for (const [i, { 0: whole, 1: word = '', index }] of found.entries()) {
    const from = index + whole.length
    const raw = bare.slice(from, found[i + 1]?.index ?? bare.length).replace(SPREAD, '$1')
    const field = FIELD_OF.get(word.replace(/\s/gu, '').toLowerCase())!
    if (raw.length > VALUE_LENGTH || (field !== 'title' && /[，。；！？]/u.test(raw))) return null
    put(labels, field, raw, offset + from)
  }
  // What is labelled goes before a name that stands alone: 柳泉网 2023-05-06 来源：桃溪日报.
  const lead = bare.slice(0, found[0]?.index ?? bare.length)
  return readLead(lead, labels, offset, found.length > 0) ? labels : null
}

/** Whether a value names nobody: 本网, 未知. */
export const isEmptyValue = (value: string): boolean => EMPTY.test(value.trim())

/** Whether a line has a label before its value, and not a bare day alone. */
export const isLabelled = (line: string): boolean => line.search(LABEL) >= 0

/** What stands before the first label: nothing, a moment, or the paper's name beside it. */
function readLead(
  lead: string,
  labels: Map<LabelField, Labelled>,
  offset: number,
  labelled: boolean,
): boolean {
  if (!/[\p{L}\p{N}]/u.test(lead)) return labelled
  const moment = MOMENT.exec(lead)
  const rest = lead
    .replace(moment?.[0] ?? '', ' ')
    .replace(/https?:\/\/\S+/u, ' ')
    .trim()
  if (!moment || rest.length > LEAD_LENGTH || /[。，；！？]/u.test(rest)) return false
  // 2024年6月1日起…, 9:00在…: words that follow at once are of a sentence.
  const next = lead.slice(moment.index + moment[0].trimEnd().length)
  if (!labelled && /^(?:[起在于至前后内止将由对，]|[上下]午)/u.test(next)) return false
  put(labels, 'published', moment[0], offset + moment.index)
  const name = [...rest.matchAll(NAME)].find(([words]) => !EMPTY.test(words))
  const isAlone =
    rest.replace(/[\s|｜·()（）【】[\]]/gu, '') === (name?.[0] ?? '') ||
    /《[^》]+》|记者|第\s*\S{1,4}\s*版/u.test(rest)
  if (!labelled && !CLOCK.test(moment[0]) && !isAlone) return false
  if (name) put(labels, 'publication', name[0], offset + lead.indexOf(name[0]))
  return true
}

/** A paper, a station or a site by the end of its name. */
const NAME =
  /[\p{Script=Han}A-Za-z·]{1,12}(?:报|网|社|台|客户端|融媒体?|传媒|周刊|杂志|新闻|发布)/gu

/** A paper and, behind it, who wrote for it: 桃溪日报 李四. */
const WITH_AUTHOR =
  /^(.*(?:报|网|社|台|客户端|频道|周刊|杂志))[ \u3000]+(?:\p{Script=Han}{2,3}$|(?:本报)?(?:记者|通讯员|作者|特约|见习|文|图|摄影)[ \u3000:：/／].*$)/u

function put(labels: Map<LabelField, Labelled>, field: LabelField, raw: string, at: number): void {
  const bare = raw.replace(/^[\s|｜·,，;；\]】)）"']+|[\s|｜·,，;；[【(（"'\]】]+$/gu, '')
  const closed = /[(（]/u.test(bare) ? bare : bare.replace(/[)）]$/u, '')
  const value = field === 'publication' ? (WITH_AUTHOR.exec(closed)?.[1] ?? closed) : closed
  const moment = MOMENT.exec(value)
  // 时间：上午9时 is of an event.
  if (isDay(field) && !moment) return
  if (EMPTY.test(value) || FIELD_OF.has(value) || labels.has(field)) return
  labels.set(field, { value, start: at + raw.indexOf(value) })
  // A moment that stands behind a name: 来源：桃溪日报 2023-05-06.
  if (field === 'publication' && moment) {
    const name = value.slice(0, moment.index).trim()
    labels.delete(field)
    if (name !== '') labels.set(field, { value: name, start: at + raw.indexOf(name) })
    if (!labels.has('published'))
      labels.set('published', { value: moment[0], start: at + raw.indexOf(moment[0]) })
  }
}

const isDay = (field: LabelField) =>
  field === 'published' || field === 'written' || field === 'passed' || field === 'force'

/** （来源：…） and 【来源：…】 are labels too. */
const unwrap = (line: string) => /^[（(【[]([^（(【[]*)[）)】\]]$/u.exec(line.trim())?.[1] ?? line
