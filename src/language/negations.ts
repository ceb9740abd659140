/** What a negation does: says no, spares, forbids, ends, or leaves out. */
export type Class = 'not' | 'spared' | 'forbidden' | 'stopped'

/** A negation where it stands. */
export interface Cue {
  readonly cls: Class
  readonly start: number
  readonly end: number
}

/** Negated twice is said: 不得不, 无不. They and bounds of figures (不超过) are read past. */
const AFFIRMATIVE =
  /不得不|不能不|不可不|不会不|不是不|没有不|无不|莫不|未尝不|并非不|不无|无非|不可或缺|不可分割|不可替代|必不可少|缺一不可|不遗余力|不懈|不失时机|不约而同|不胜枚举|势不可挡|不(?=超过|高于|低于|少于|多于|大于|小于|足|到\d|满\d)|不影响|不耽误|不妨碍|不仅|不但|不光|不只|不单|不少|不断|不久|不时|不惜|不同|不等|不锈|不动产|不良|不论|不管|不乏|不愧|不妨|不禁|不料|不凡|不菲|不已|不负|不忘|不一|是不是|能不能|可不可|要不要|(?<!费)用不用|有没有|非常|非公|非营利|非遗|非洲|非凡|非涉密|非物质|非法|非税|非机动|未来|无线|无人机|无形|无缝|无忧|无障碍|无纺|无机|无烟|无数|无疑|无论|无比|无私|无微不至|无限|无极|无刷|无锡|无为|无缘无故|无缝|避免|难免|以免|未免|免疫|没收|沉没|淹没|停车|停留|停放|调停|否则|能否|是否|可否|与否|禁毒|清零|零售|零件|零部件|零碳|零工|零散|零距离|零突破|从零|归零|零的突破|"零"的突破|取消费(?!用)/gu

const CUES: readonly (readonly [Class, RegExp])[] = [
  [
    'spared',
    /无需|无须|毋需|毋须|不需要|不需|不用|不必|不须|免除|免收|免交|免缴|免征|免于|免去|减免|豁免|免费|免(?![除收交缴征于去费])|零(?=[\p{Script=Han}])/gu,
  ],
  ['forbidden', /不得|不准|不许|不允许|严禁|禁止|杜绝|不可以|不可|切勿|请勿|勿/gu],
  ['stopped', /停止|暂停|停办|停发|停产|停工|中止|终止|取消|废止|撤销|关停|叫停|失效|作废/gu],
  [
    'not',
    /没有|没|未能|并未|尚未|从未|未|并非|不再|不能|不会|不是|不|无法|无|非(?=[\p{Script=Han}])|难以|拒绝|缺乏|尚属空白/gu,
  ],
]

const blank = (word: string) => '□'.repeat(word.length)

/** The negations of a text, in order; words that only look like one are read past. */
export function negations(text: string): Cue[] {
  let rest = text.replaceAll(AFFIRMATIVE, blank)
  const found: Cue[] = []
  for (const [cls, pattern] of CUES) {
    for (const { 0: word, index } of rest.matchAll(pattern)) {
      found.push({ cls, start: index, end: index + word.length })
    }
    rest = rest.replaceAll(pattern, blank)
  }
  return found.toSorted((a, b) => a.start - b.start)
}
