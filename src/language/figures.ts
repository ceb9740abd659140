import { decimal, negate, shift } from './decimal.ts'
import type { Decimal } from './decimal.ts'
import { foldWidth, unfold } from './fold.ts'
import { CAPITALS, hanNumber, LONGEST_HAN, plainNumerals, scaled } from './han-number.ts'

/** Whether a figure is the number itself, nearly it, or a bound. */
export type Bound = 'exact' | 'about' | 'at_least' | 'at_most'

interface Printed {
  /** UTF-16 offsets in the text it was read from. */
  readonly start: number
  readonly end: number
  readonly printed: string
}

/** A number with what it measures: 2.86亿元, 近200家, -20.1%, 1.4个百分点, 第4位, 2—3倍. */
export interface Quantity extends Printed {
  readonly kind: 'quantity'
  /** Exact, in the unit itself: 2.86亿元 is 286000000. */
  readonly value: Decimal
  /** The other end of a range, else null. */
  readonly upper: Decimal | null
  /** 元, %, 个百分点, 工作日, 家, 元/亩, 第 for an order; empty when none is printed. */
  readonly unit: string
  readonly bound: Bound
  /** The word before it that makes it a bound or nearly so (近, 不低于), else empty; not part of `printed`. */
  readonly hedge: string
  /** The words after it, up to eight characters: 企业, 营业执照; empty when the clause ends. */
  readonly counts: string
}

/** A day, a month, a year, or the months from one to another. */
export interface DateFigure extends Printed {
  readonly kind: 'date'
  readonly year: number | null
  readonly month: number | null
  readonly day: number | null
  /** The last year, month or day of a period, else null. */
  readonly until: number | null
}

/** Digits that name a line or a place in a register, and measure nothing: 12351, 0393-6666666. */
export interface Phone extends Printed {
  readonly kind: 'phone'
  readonly digits: string
}

/** An amount without a number: 数十家, 上百个, 几百万元, 一半. */
export interface Vague extends Printed {
  readonly kind: 'vague'
  readonly words: string
}

export type Figure = Quantity | DateFigure | Phone | Vague

const HAN = '零〇一二两三四五六七八九十百千万亿'
const DASH = '[-—–―~～至到]+'
const YEAR_HAN = '[一二][零〇一二三四五六七八九]{3}'
const MEASURES =
  '个百分点|百分点|个工作日|工作日|个自然日|自然日|个小时|小时|分钟|秒钟|秒|个季度|季度|个月|个年头|周年|年|天|日|个星期|星期|周|' +
  '平方公里|平方千米|平方米|立方米|平方|立方|公顷|公里|千米|厘米|毫米|微米|纳米|海里|米|英亩|亩|' +
  '万千瓦时|千瓦时|万千瓦|千瓦|兆瓦|兆帕|毫克|微克|公斤|千克|吨|斤|克|升|毫升|倍|成|折|周岁|岁|度|伏|安|' +
  '元人民币|美元|欧元|港元|日元|英镑|元|块钱|%|％|‰|km|kg|mm|cm|kWh|kwh|kW|kw|MW|mw|GW|m2|m3|m|t|h|℃'
const CLASSIFIERS =
  '人次|人年|个|家|户|名|位|人|项|件|条|款|种|类|台|套|辆|座|份|张|篇|期|场|次|笔|处|批|届|宗|部|枚|支|枝|艘|架|所|间|栋|幢|层|门|道|' +
  '只|头|株|棵|粒|亩次|车次|班|组|对|双|队|股|片|块|级|万|大|章|节|卷|册|本|号|版|档|环节|线'
const UNIT = `(?:${MEASURES}|${CLASSIFIERS})`
/** 12万千瓦时 are 120,000 of a measure whose name begins with 千. */
const SCALE = '(?:[十百万亿]|千(?!瓦|克|米))*'
const ARABIC = String.raw`\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?`
const BEFORE =
  /(近|接近|将近|约|大约|约为|大概|超|超过|超出|逾|突破|至少|不低于|不少于|不小于|大于|高于|不超过|不高于|不多于|不大于|最多|至多|最高|不足|不到|低于|少于|小于|满|最低|最少)(?:的?[要需须为是得达]|达到)?$/
const AFTER =
  '以外|之外|范围外|范围以外|开外|以上|及以上|以下|及以下|以内|之内|范围内|范围以内|内(?![容部外陆地涵存需])|左右|上下|有余'

/** Patterns are tried in this order where a figure may begin; each reads as much as it can. */
const PATTERNS: readonly (readonly [RegExp, (groups: Groups, context: Context) => Read | null])[] =
  [
    [
      // A table's head has the unit and a cell under it the number: 每台补贴额（元） 9,300.
      new RegExp(
        String.raw`[（(](?:单位[：:])?(?<scale>${SCALE})(?<unit>${UNIT})(?<per>/${UNIT})?[）)][ \t]*(?<number>${ARABIC})(?![\d.])(?!${UNIT})`,
        'uy',
      ),
      readArabic,
    ],
    [
      new RegExp(
        String.raw`(?<year>\d{4}|${YEAR_HAN})年(?:(?<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?:(?<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号])?)?(?!${DASH}\d{1,2}月)(?!\d{1,2}(?:[月日号]|${DASH}|$))`,
        'uy',
      ),
      readDate,
    ],
    [
      new RegExp(
        String.raw`(?<year>\d{4})(?<sep>[-./])(?<month>0?[1-9]|1[0-2])\k<sep>(?<day>0?[1-9]|[12]\d|3[01])(?![\d.])`,
        'uy',
      ),
      readDate,
    ],
    [
      new RegExp(
        String.raw`(?:(?<year>\d{4}|${YEAR_HAN})年)?(?<month>\d{1,2})月?(?:份)?${DASH}(?<until>\d{1,2})月(?:份)?(?!\d)`,
        'uy',
      ),
      readDate,
    ],
    [
      new RegExp(
        String.raw`(?<year>(?:19|20)\d{2})年?${DASH}(?<until>(?:19|20)\d{2})年?(?![\d.])`,
        'uy',
      ),
      readDate,
    ],
    [
      new RegExp(
        String.raw`(?<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:份)?(?<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]?(?!\d)`,
        'uy',
      ),
      readDate,
    ],
    [
      new RegExp(String.raw`前(?<until>\d{1,2}|十[一二]?|[两二三四五六七八九])个?月`, 'uy'),
      ({ until }) => date(null, 1, null, number(until)),
    ],
    [/上半年/uy, () => date(null, 1, null, 6)],
    [/前三季度/uy, () => date(null, 1, null, 9)],
    [new RegExp(String.raw`(?<month>\d{1,2})月(?:份)?`, 'uy'), readDate],
    [/(?<day>\d{1,2})[日号](?!内|以内|之内|线|楼|院|文)/uy, readDate],
    [
      /0\d{2,3}[-—–]?\d{7,8}(?!\d)|400[-—–]?\d{3,4}[-—–]?\d{3,4}(?!\d)|1[3-9]\d{9}(?!\d)|[2-8]\d{6,7}(?![\d.]|[十百千万亿]?(?:元|人|家|户|吨|亩|平方|立方|千瓦))|1[02]\d{3}(?=(?:热线|服务|维权|[^\p{L}\p{N}]*(?:电话|专线))|[^\d.\p{L}]|$)/uy,
      readPhone,
    ],
    [
      new RegExp(
        String.raw`第(?<number>\d+|[${HAN}]+)(?<unit>位|名|个|批|届|次|期|条|章|号|款|项|季度|产业|届)?`,
        'uy',
      ),
      readOrder,
    ],
    [/首位|榜首/uy, () => quantityOf('1', '第')],
    [
      new RegExp(String.raw`百分之(?<number>[${HAN}点]+)`, 'uy'),
      ({ number: n = '' }) => quantity(hanNumber(n), '%'),
    ],
    [
      new RegExp(String.raw`(?<parts>[${HAN}]+|\d+)分之(?<number>[${HAN}]+|\d+)`, 'uy'),
      ({ parts = '', number: n = '' }) => quantity(anyNumber(n), `/${anyNumber(parts)}`),
    ],
    [
      /(?:[数几上成]|好几)[十百千万亿]+(?:余|多)?(?:元|[个家户名位人项件条款种类台套辆座份张篇期场次笔处批天日月年亩吨倍])?|[十百千万亿]+(?:余|多|几)?(?=级(?!别))/uy,
      readVague,
    ],
    [
      /翻(?:了)?(?<number>[一两二三四]|\d)?番/uy,
      ({ number: n = '一' }) => quantity(anyNumber(n), '番'),
    ],
    [/一半|过半|半数|大半|近半|半(?=个|年|天|小时)/uy, readVague],
    [
      new RegExp(
        String.raw`(?<sign>[-−负+])?(?<number>${ARABIC})(?<scale>${SCALE})(?<unit>${UNIT})?${DASH}(?<sign2>[-−负])?(?<upper>${ARABIC})(?<odd>[余多])?(?<scale2>${SCALE})(?<odd2>[余多])?(?<unit2>${UNIT})?(?<per>/${UNIT})?(?<after>${AFTER})?`,
        'uy',
      ),
      readRange,
    ],
    [
      new RegExp(
        String.raw`(?<sign>[-−负+])?(?<number>${ARABIC})(?<odd>[余多来几])?(?<scale>${SCALE})(?<odd2>[余多])?(?<unit>${UNIT})?(?<per>(?:/|每)${UNIT})?(?<after>${AFTER})?`,
        'uy',
      ),
      readArabic,
    ],
    [
      new RegExp(
        String.raw`(?<number>[${CAPITALS}][零${CAPITALS}万亿]*)(?<unit>${UNIT})(?<after>${AFTER})?`,
        'uy',
      ),
      ({ number: n = '', ...groups }, context) =>
        readHan({ ...groups, number: plainNumerals(n) }, context),
    ],
    [
      new RegExp(
        String.raw`(?:(?<number>[${HAN}]+点[零〇一二三四五六七八九]+)(?<odd>[余多来几])?(?<scale>[万亿]*)|(?<number>[${HAN}]+)(?:(?<odd>[余多来几])(?<scale>[万亿]*))?)(?<odd2>[余多])?(?<unit>${UNIT})(?<per>/${UNIT})?(?<after>${AFTER})?`,
        'uy',
      ),
      readHan,
    ],
  ]

type Groups = Readonly<Record<string, string | undefined>>
interface Context {
  readonly before: string
  readonly after: string
  readonly printed: string
}
type Read =
  | Omit<Quantity, keyof Printed | 'counts'>
  | Omit<DateFigure, keyof Printed>
  | Omit<Phone, keyof Printed>
  | Omit<Vague, keyof Printed>

/** Where a figure may begin. */
const FIRST =
  /[（(\-−+\d负第首榜百数几上成好过半大近前翻一二两三四五六七八九十千万亿零〇壹贰叁肆伍陆柒捌玖拾佰仟]/u

/**
 * Every figure of a text, in order: amounts, percentages, dates, orders, telephone numbers, in Arabic
 * or Chinese numerals. What only looks like one is none: 十四五, 一站式, 5G, PA13T.
 */
export function figures(text: string): Figure[] {
  const folded = foldWidth(text)
  const found: Figure[] = []
  let i = 0
  while (i < folded.text.length) {
    const first = FIRST.test(folded.text[i]!)
    const name = first ? numeralsAt(folded.text, i) || nameAt(folded.text, i) : 0
    const read = name > 0 || !first ? null : readAt(folded.text, i)
    if (read) {
      const { start, end } = unfold(folded, i, i + read.length)
      const place = { start, end, printed: text.slice(start, end) }
      found.push(
        read.figure.kind === 'quantity'
          ? { ...read.figure, ...place, counts: countedAfter(folded.text, i + read.length) }
          : { ...read.figure, ...place },
      )
    }
    i += Math.max(1, name, read?.length ?? 0)
  }
  return found
}

const TOO_LONG = new RegExp(`[${HAN}${CAPITALS}点]{${LONGEST_HAN + 1},}`, 'uy')

/** The length of Chinese numerals that are too many for a number, else 0. */
function numeralsAt(text: string, i: number): number {
  TOO_LONG.lastIndex = i
  return TOO_LONG.exec(text)?.[0].length ?? 0
}

const LONGEST_NAME = 40

/** The length of a name with digits that begins here (5G, PA13T, 二十大), else 0. */
function nameAt(text: string, i: number): number {
  const rest = text.slice(i, i + LONGEST_NAME)
  const congress =
    /^(?:十[一二三四五六七八九]|二十[一二三]?)(?:大|届)(?!产业|行业|项目|措施|举措|重点|类)/u.exec(
      rest,
    )
  if (congress) return congress[0].length
  const plan = /^十[二三四五六]五(?=["”』」规时期]|$|[^\p{L}\p{N}])/u.exec(rest)
  if (plan) return plan[0].length
  const code =
    /^[\d.]+(?!(?:km|kg|mm|cm|kWh|kwh|kW|kw|MW|mw|GW|m2|m3|m|t|h)(?![A-Za-z]))[A-Za-z][A-Za-z\d]*/u.exec(
      rest,
    )
  if (code && /\d/.test(code[0])) return code[0].length
  if (/[a-z]/iu.test(text.charAt(i - 1))) return /^[-\d.]*\d/.exec(rest)?.[0].length ?? 0
  return 0
}

function readAt(text: string, i: number): { figure: Read; length: number } | null {
  const before = text.slice(Math.max(0, i - 6), i)
  for (const [pattern, read] of PATTERNS) {
    pattern.lastIndex = i
    const match = pattern.exec(text)
    if (!match || match[0] === '') continue
    const end = i + match[0].length
    const figure = read(match.groups ?? {}, {
      before,
      after: text.slice(end, end + 4),
      printed: match[0],
    })
    if (figure) return { figure, length: match[0].length }
  }
  return null
}

function readDate({ year, month, day, until }: Groups): Read | null {
  const read = date(number(year), number(month), number(day), number(until))
  if ((read.month ?? 1) > 12 || (read.day ?? 1) > 31) return null
  if (read.month !== null && read.until !== null && read.until > 12) return null
  return read
}

function readPhone(_: Groups, { before, printed }: Context): Read | null {
  return /[\d.]$/.test(before) ? null : { kind: 'phone', digits: printed.replace(/\D/g, '') }
}

function readVague(_: Groups, { printed, before }: Context): Read | null {
  if (/^[上成]/.test(printed) && /[以晚早完达建变]$/.test(before)) return null
  return { kind: 'vague', words: printed }
}

function readOrder({ number: n = '' }: Groups, { after }: Context): Read | null {
  if (/^(?:一时间|方)/.test(after)) return null
  return quantity(anyNumber(n), '第')
}

function readRange(groups: Groups, context: Context): Read | null {
  const {
    number: n = '',
    upper = '',
    scale = '',
    scale2 = '',
    unit = '',
    unit2 = '',
    per = '',
  } = groups
  if (unit && unit2 && unit !== unit2) return null
  const low = scaled(arabic(groups['sign'], n), scale || scale2)
  const high = scaled(arabic(groups['sign2'], upper), scale2 || scale)
  if (/[\d.]$/.test(context.before)) return null
  return {
    ...quantityOf(low, `${unit2 || unit}${per}`, hedged(context.before, groups)),
    upper: canonical(high, unit2 || unit).value,
  }
}

function readArabic(groups: Groups, { before }: Context): Read | null {
  const { number: n = '', scale = '', unit = '', per = '', sign } = groups
  // 10-20 read from the middle, 1+1: the sign belongs to what stands before.
  const signed = sign && !/[\dA-Za-z）)%]$/u.test(before) ? sign : sign === '负' ? sign : undefined
  if (sign && !signed && sign !== '+') return null
  return quantityOf(scaled(arabic(signed, n), scale), `${unit}${per}`, hedged(before, groups))
}

/** Words that are spelt with numerals and count nothing. */
const HAN_WORDS =
  /^(?:一[个家种些次批系类项件条位名份套户股片块道支场对双组队台座部章节本号级大层日年月度米人]|[一二三]线|两[岸会]|[一二三]级|[三四]好|千[家户]|万[家户人]|百[家度]|万元户|百万?千?万?大)$/u

function readHan(groups: Groups, { before, after, printed }: Context): Read | null {
  const { number: n = '', odd, scale = '', unit = '', per = '' } = groups
  if (!odd && HAN_WORDS.test(printed)) return null
  if (/[第初统唯同每逐划单专万之其某另这那哪十]$/u.test(before) && n.length === 1) return null
  if (unit === '大' && !/^\p{Script=Han}/u.test(after)) return null
  const value = hanNumber(n)
  if (value === null) return null
  if (/^[十百千万亿]$/.test(n) && !odd && !/[元亩吨倍人家个项件户天年月]/u.test(unit)) return null
  return quantityOf(scaled(value, scale), `${unit}${per}`, hedged(before, groups))
}

function date(year: number | null, month: number | null, day: number | null, until: number | null) {
  return { kind: 'date', year, month, day, until } as const
}

function quantity(value: Decimal | null, unit: string): Read | null {
  return value === null ? null : quantityOf(value, unit)
}

function quantityOf(value: Decimal, unit: string, how: Hedged = { bound: 'exact', hedge: '' }) {
  return { kind: 'quantity', upper: null, ...how, ...canonical(value, unit) } as const
}

/** One name for one unit: 百分点 and 个百分点, 28公里 and 28千米; 三成 is 30%. */
function canonical(value: Decimal, written: string): { value: Decimal; unit: string } {
  const unit = written
    .toLowerCase()
    .replace(/^个(?=百分点|工作日|小时|季度|月|星期|自然日)/, '')
    .replace(/^每|(?<=.)每/, '/')
  const [factor, name] = SAME_UNITS[unit] ?? [0, unit]
  return { value: shift(value, factor), unit: name }
}

const SAME_UNITS: Readonly<Record<string, readonly [number, string]>> = {
  '％': [0, '%'],
  成: [1, '%'],
  千米: [0, '公里'],
  km: [0, '公里'],
  平方千米: [0, '平方公里'],
  千克: [0, '公斤'],
  kg: [0, '公斤'],
  元人民币: [0, '元'],
  块钱: [0, '元'],
  平方: [0, '平方米'],
  m2: [0, '平方米'],
  立方: [0, '立方米'],
  m3: [0, '立方米'],
  m: [0, '米'],
  t: [0, '吨'],
  h: [0, '小时'],
  日: [0, '天'],
  自然日: [0, '天'],
  周: [0, '星期'],
  mw: [0, '兆瓦'],
  kw: [0, '千瓦'],
  万千瓦: [4, '千瓦'],
  kwh: [0, '千瓦时'],
  度: [0, '千瓦时'],
  万千瓦时: [4, '千瓦时'],
  周岁: [0, '岁'],
  万: [4, ''],
}

type Hedged = Pick<Quantity, 'bound' | 'hedge'>

function hedged(before: string, { odd, odd2, after }: Groups): Hedged {
  const [hedge = '', word = ''] = BEFORE.exec(before) ?? []
  return { hedge, bound: boundOf(word, odd, odd2, after) }
}

function boundOf(word: string, odd = '', odd2 = '', after = ''): Bound {
  if (/^(?:不超过|不高于|不多于|不大于|最多|至多|最高|不足|不到|低于|少于|小于)$/.test(word))
    return 'at_most'
  if (/^(?:超|超过|超出|逾|突破|至少|不低于|不少于|不小于|大于|高于|满|最低|最少)$/.test(word))
    return 'at_least'
  if (/以下|内/.test(after)) return 'at_most'
  if (/以上|外|有余/.test(after) || /[余多]/.test(odd) || odd2) return 'at_least'
  return word || after || odd ? 'about' : 'exact'
}

function countedAfter(text: string, end: number): string {
  return /^[\p{Script=Han}A-Za-z]{0,8}/u.exec(text.slice(end))?.[0] ?? ''
}

function arabic(sign: string | undefined, written: string): Decimal {
  const value = decimal(written.replaceAll(',', ''))
  return sign && /[-−负]/.test(sign) ? negate(value) : value
}

function anyNumber(written: string): Decimal | null {
  return /^\d+$/.test(written) ? decimal(written) : hanNumber(written)
}

function number(written: string | undefined): number | null {
  if (written === undefined) return null
  const value = anyNumber(written)
  return value === null ? null : Number(value)
}
