/** Forms that only vertical setting has, and what they are forms of. */
const UPRIGHT: Readonly<Record<string, string>> = {
  '︐': '，',
  '︑': '、',
  '︒': '。',
  '︓': '：',
  '︔': '；',
  '︕': '！',
  '︖': '？',
  '︗': '〖',
  '︘': '〗',
  '︙': '…',
  '︱': '—',
  '︵': '（',
  '︶': '）',
  '︷': '｛',
  '︸': '｝',
  '︹': '〔',
  '︺': '〕',
  '︻': '【',
  '︼': '】',
  '︽': '《',
  '︾': '》',
  '︿': '〈',
  '﹀': '〉',
  '﹁': '‘',
  '﹂': '’',
  '﹃': '“',
  '﹄': '”',
}

/** A text set downwards, with the marks of horizontal setting. */
export const turned = (text: string) =>
  text.replaceAll(/[︐-︙︱-﹄]/gu, (mark) => UPRIGHT[mark] ?? mark)

/** Whether a character takes a square of its own: an ideograph or a mark among them. */
export const isHan = (character: string) =>
  /[\u2E80-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/u.test(character)

/** Whether a text begins, or ends, with a mark of which one half is blank. */
export const opensWide = (text: string) => /^[“‘（《〈【〔「『]/u.test(text)
export const closesWide = (text: string) => /[，。、；：！？”’）》〉】〕」』]$/u.test(text)
