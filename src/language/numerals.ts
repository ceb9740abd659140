const HAN_PLACE = '一二两三四五六七八九十百千万亿'
const HAN_UNIT = '元亩人家个项件户天日年月倍吨'

const ARABIC =
  /(?<sign>(?<![\d.])-)?(?<![\d.])(?<number>\d+(?:\.\d+)?)\s?(?<magnitude>[十百千万亿]*)(?<share>%|个百分点)?/gu
const HAN = new RegExp(
  `百分之[零〇${HAN_PLACE.replaceAll(/[两千万亿]/g, '')}点]+|(?<![零〇${HAN_PLACE}])[零〇${HAN_PLACE}]+(?<=[${HAN_PLACE}]{2})(?=[${HAN_UNIT}])`,
  'gu',
)

/**
 * The numbers of a text as they are printed: sign, digits, magnitude and percent (`-20.1%`, `2.86亿`),
 * and Chinese numerals before a unit or after 百分之. What stands as printed is compared by these; what
 * it means, by `figures`.
 */
export function numerals(text: string): string[] {
  const plain = text
    // A full-width comma parts clauses, a plain one may part thousands.
    .replaceAll('，', '；')
    .normalize('NFKC')
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\p{Script=Han})\s+|(?<!\s)\s+(?=\p{Script=Han})/gu, '')
  const arabic = [...plain.matchAll(ARABIC)].map(
    ({ groups: { sign = '', number = '', magnitude = '', share = '' } = {} }) =>
      `${sign}${number}${magnitude}${share}`,
  )
  return [...arabic, ...[...plain.matchAll(HAN)].map(([printed]) => printed)]
}
