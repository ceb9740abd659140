const DIGITS = '零一二三四五六七八九'
const LEGAL = '零壹贰叁肆伍陆柒捌玖'
const LEGAL_TRADITIONAL = '零壹貳參肆伍陸柒捌玖'
const STEMS = '甲乙丙丁戊己庚辛壬癸'
const BRANCHES = '子丑寅卯辰巳午未申酉戌亥'

const UNITS = ['', '十', '百', '千']
const LEGAL_UNITS = ['', '拾', '佰', '仟']

const ROMAN: readonly (readonly [number, string])[] = [
  [1000, 'M'],
  [900, 'CM'],
  [500, 'D'],
  [400, 'CD'],
  [100, 'C'],
  [90, 'XC'],
  [50, 'L'],
  [40, 'XL'],
  [10, 'X'],
  [9, 'IX'],
  [5, 'V'],
  [4, 'IV'],
  [1, 'I'],
]

type Write = (number: number) => string | undefined

/** Word's names of number formats, and how each writes a number; undefined where it has no more signs. */
const FORMATS: ReadonlyMap<string, Write> = new Map(
  Object.entries<Write>({
    none: () => '',
    bullet: () => '',
    decimalZero: (n) => String(n).padStart(2, '0'),
    decimalFullWidth: fullWidth,
    decimalFullWidth2: fullWidth,
    numberInDash: (n) => `- ${n} -`,
    upperLetter: (n) => letters(n, 'A'),
    lowerLetter: (n) => letters(n, 'a'),
    upperRoman: roman,
    lowerRoman: (n) => roman(n)?.toLowerCase(),
    decimalEnclosedCircle: circled,
    decimalEnclosedCircleChinese: circled,
    decimalEnclosedParen: (n) => sign(n, 0x2474, 20),
    decimalEnclosedFullstop: (n) => sign(n, 0x2488, 20),
    ideographEnclosedCircle: (n) => sign(n, 0x3280, 10),
    ideographTraditional: (n) => STEMS[n - 1],
    ideographZodiac: (n) => BRANCHES[n - 1],
    ideographZodiacTraditional: (n) =>
      n <= 60 ? `${STEMS[(n - 1) % 10]}${BRANCHES[(n - 1) % 12]}` : undefined,
    chineseCounting: (n) => (n < 100 ? counted(n) : figures(n)),
    chineseCountingThousand: counted,
    chineseLegalSimplified: (n) => fully(n, LEGAL, LEGAL_UNITS, '万'),
    ideographLegalTraditional: (n) => fully(n, LEGAL_TRADITIONAL, LEGAL_UNITS, '萬'),
    ideographDigital: figures,
    japaneseCounting: counted,
    japaneseDigitalTenThousand: figures,
    taiwaneseCounting: (n) => (n < 100 ? counted(n) : figures(n)),
    taiwaneseCountingThousand: counted,
    taiwaneseDigital: figures,
  }),
)

/** A number as a list of Word's writes it: 12 in chineseCounting is 十二. What is not known is written in digits. */
export const formatNumber = (number: number, format: string): string =>
  (number > 0 || format === 'none' ? FORMATS.get(format)?.(number) : undefined) ?? String(number)

/** One of the signs that Unicode has for the numbers 1 to `most` in a row. */
function sign(n: number, first: number, most: number): string | undefined {
  return n <= most ? String.fromCodePoint(first + n - 1) : undefined
}

function circled(n: number): string | undefined {
  if (n <= 20) return sign(n, 0x2460, 20)
  return n <= 35 ? sign(n - 20, 0x3251, 15) : sign(n - 35, 0x32b1, 15)
}

function fullWidth(n: number): string {
  return Array.from(String(n), (digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
}

/** As Word goes on after z: aa, bb, cc. */
const letters = (n: number, first: string) =>
  n <= 26 * 9
    ? String.fromCodePoint(first.codePointAt(0)! + ((n - 1) % 26)).repeat(Math.ceil(n / 26))
    : undefined

function roman(n: number): string | undefined {
  if (n >= 4000) return undefined
  let left = n
  let written = ''
  for (const [worth, letter] of ROMAN) {
    while (left >= worth) {
      written += letter
      left -= worth
    }
  }
  return written
}

/** Digit by digit: 105 is 一〇五. */
function figures(n: number): string {
  return Array.from(String(n), (digit) => (digit === '0' ? '〇' : DIGITS[Number(digit)])).join('')
}

/** As it is said: 105 is 一百零五, 12 is 十二. */
function counted(n: number): string | undefined {
  return fully(n, DIGITS, UNITS, '万')?.replace(/^一十/, '十')
}

function fully(
  n: number,
  digits: string,
  units: readonly string[],
  myriad: string,
): string | undefined {
  if (n >= 100_000_000) return undefined
  const high = Math.floor(n / 10_000)
  const low = n % 10_000
  const written = (high > 0 ? below10000(high) + myriad : '') + below10000(low)
  return high > 0 && low > 0 && low < 1000 ? written.replace(myriad, myriad + digits[0]) : written

  function below10000(number: number): string {
    const places = Array.from(String(number), Number)
    return places
      .map((digit, i) => (digit === 0 ? digits[0] : digits[digit]! + units[places.length - 1 - i]!))
      .join('')
      .replaceAll(new RegExp(`${digits[0]}+`, 'g'), digits[0]!)
      .replace(new RegExp(`${digits[0]}$`), '')
  }
}
