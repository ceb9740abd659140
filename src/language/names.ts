import { findPlaces } from './places.ts'
import { fold, letters } from './fold.ts'

export interface Name {
  readonly kind: 'document' | 'quoted' | 'organisation' | 'person' | 'place' | 'latin'
  readonly text: string
}

/** Endings of offices, companies, banks, platforms and what else bears a name. The longest ends first. */
const ENDINGS =
  '有限责任公司|股份有限公司|有限公司|分公司|公司|集团|农商银行|农商行|银行|支行|信用社|委员会|管委会|办公室|办事处|街道办|' +
  '服务中心|中心|研究院|研究所|设计院|科学院|法院|检察院|医院|学院|党校|大学|税务局|管理局|分局|局|工信厅|财政厅|厅|' +
  '发改委|卫健委|国资委|市委|省委|县委|区委|政府|(?:人社|工信|商务|财政|教育|科技)部(?!门)|总工会|工会|商会|协会|联合会|学会|' +
  '平台|热线|公众号|小程序|实验室|合作社|产业园|创业园|物流园|开发区|示范区|高新区|保税区|联盟|基金会|事务所|报社|电视台|政务网|政企通|' +
  '油田|储气库|商行|交易所|招商办|营商环境办|(?:镇|乡|街道|社区|村)(?=$|[的在由把将被为今已有])'
const ORGANISATION = new RegExp(`(?:${ENDINGS})`, 'gu')

/** What stands before an ending without naming anything: 该公司, 相关部门的平台, 本地银行. */
const GENERIC =
  /(?:^|[^\p{Script=Han}])$|(?:[该本此这那各某其他她它新老大小多两几些家个条项所类种级]|有关|相关|当地|上述|本地|外地|多数|部分|合作|线上|线下|网上|综合|公共|统一|专门|专业|企业|行业|产业|科技|创新|信息|服务|政务|金融|对接|交易|研发|中试|电商|互联网|数字|智慧|所在|附近|我们|我市|我省|我县|全市|全省|全县|全国|国家级|省级|市级|县级|国有|商业|民营|上市|建筑|物流|化工|重点|龙头|规模以上|知名|优质|农业|工业|和|与|及|或|、|的|到|在|由|向|从|找|去|是)$/u

/** The characters before which a name begins. */
const BEFORE_NAME =
  /[已正将拟再共向到由在经的和与及是为据从对找去让被将把称说等了可以内上下中后前给于至着过还也都就又并而但或即叫系询打往持助导问访告知联需须能会要请该各有曾已仍均，。、；：！？“”"'（）()《》\s\d~-]/u

const VERBS_BEFORE =
  /(?:联系|咨询|拨打|申请|前往|通过|依托|根据|支持|奖励|鼓励|负责|牵头|指导|管理|主管|登录|关注|使用|利用|加入|入驻|成立|组建|设立|建立|打造|建设|搭建|推出|运营|承建|签约|合作|帮助|服务|提交|报送|来自|位于|走进|深入|走访|参加|举办|承办|授予|认定|评为|获批|发布|印发|出台|制定|介绍|表示|方面|企业|部门|单位|平台|其中|以及|例如|包括|尤其|特别|作为|已有|共有|现有|拥有|目前|今年|去年|记者)$/u

/** What somebody does to whom a name then names: 市政府贯彻落实省委. */
const ACTS = /深入|走访|考察|调研|贯彻|落实|前往|联系|咨询|支持|帮助/gu

const TITLES =
  '局长|副局长|书记|副书记|市长|副市长|县长|区长|镇长|主任|副主任|科长|副科长|处长|院长|校长|行长|负责人|董事长|总经理|经理|会长|主席|教授|专家|记者|通讯员|厂长|站长|所长|委员|代表|居民|村民|干事|专员'
const SPEECH = '介绍|表示|说|称|指出|强调|告诉|坦言|认为|透露|解释|提出|建议|呼吁|回应|撰文|采写|摄'
/** What somebody is said to have done, right after the name. */
const DOES = '提出|提议|建议|负责|担任|执笔|撰写|采写|编辑|拍摄|主持|牵头|带领'
const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤葛洪楚靳游管樊盛卞栾' +
  '常易俞翟安颜倪牛温季章鲁伍申毕聂焦柳邢岳齐梅庄祝左谷祁耿詹苗凌费纪童欧甄项曲裴席屈鲍霍翁甘景柏阮柴冉吉饶瞿戚臧褚娄穆荣卓楼芦'
const PERSON = new RegExp(
  `(?:${TITLES})(?<a>[${SURNAMES}]\\p{Script=Han}{1,2})(?=${SPEECH}|[，。、；（）()]|$)|(?<=^|[，。；“”、])(?<b>[${SURNAMES}]\\p{Script=Han}{1,2}?)(?=${SPEECH})|(?<c>[${SURNAMES}]\\p{Script=Han}{0,2}?)(?=(?:${TITLES})(?:${SPEECH}))|(?<=是|叫|为|由|系|：|:|找)(?<d>[${SURNAMES}]\\p{Script=Han}{1,2}?)(?=${TITLES}|${DOES}|[，。、；（）()]|$)|(?<=^|[，。；“”、由是向找请])(?<e>[${SURNAMES}]\\p{Script=Han}{1,2}?)(?=${TITLES})`,
  'gu',
)
const WORDS = new Intl.Segmenter('zh', { granularity: 'word' })

/**
 * The names in a text that `known` does not have: documents in 《》, names in quotes, offices,
 * companies, platforms, people, places and Latin words. `known` is what it cites, its headline,
 * publication, place and byline, and whatever else it may repeat.
 */
export function unknownNames(text: string, known: readonly string[]): Name[] {
  const words = known.map(letters).join('\n')
  const spelled = known.map((k) => fold(k).text).join('\n')
  return [
    ...enclosed(text, /《([^《》]{1,60})》/gu, 'document', words),
    ...enclosed(text, /[“"「『]([^“”"「」『』]{1,40})[”"」』]/gu, 'quoted', words),
    ...organisations(text, words),
    ...people(text, words),
    ...places(text, words),
    ...latin(text, spelled),
  ]
}

/** Where names stand in a text: documents, quoted names, offices and companies, people, places. */
export function namesIn(text: string): { readonly start: number; readonly end: number }[] {
  const stretch = (start: number, length: number) => ({ start, end: start + length })
  return [
    ...[...text.matchAll(/《[^《》]{1,60}》|[“"「『][^“”"「」『』]{1,40}[”"」』]/gu)].map((m) =>
      stretch(m.index, m[0].length),
    ),
    ...[...text.matchAll(ORGANISATION)].map((m) => {
      const left =
        /[\p{Script=Han}A-Za-z]*$/u.exec(text.slice(Math.max(0, m.index - 14), m.index))?.[0] ?? ''
      const act = [...left.matchAll(ACTS)].at(-1)
      const from = Math.max(
        Array.from(left).findLastIndex((c) => BEFORE_NAME.test(c)) + 1,
        act ? act.index + act[0].length : 0,
      )
      return { start: m.index - (left.length - from), end: m.index + m[0].length }
    }),
    ...[...text.matchAll(PERSON)].flatMap((m) => {
      const name = nameOf(m)
      return [stretch(m.index + m[0].indexOf(name), name.length)]
    }),
    ...findPlaces(text).map(({ start, end }) => ({ start, end })),
  ]
}

function enclosed(text: string, pattern: RegExp, kind: Name['kind'], words: string): Name[] {
  return [...text.matchAll(pattern)]
    .map((match) => match[1] ?? '')
    .filter((name) => letters(name) !== '' && !words.includes(letters(name)))
    .map((name) => ({ kind, text: name }))
}

function organisations(text: string, words: string): Name[] {
  const parts = text
    .split(/[^\p{L}\p{N}]+/u)
    .map(letters)
    .filter(Boolean)
  return parts.flatMap((part) =>
    [...part.matchAll(ORGANISATION)].flatMap((match): Name[] => {
      const end = match.index + match[0].length
      if (isKnown(part, match.index, end, words)) return []
      return [{ kind: 'organisation', text: part.slice(Math.max(0, match.index - 12), end) }]
    }),
  )
}

/** Endings that are words of their own: 以银行审核为准 names no bank. */
const COMMON_NOUN =
  /^(?:公司|集团|银行|平台|中心|政府|工会|商会|协会|医院|学院|大学|法院|热线|公众号|小程序|实验室|合作社|社区|街道|村|镇|乡|联盟|园区)$/u

/** No name is longer before its ending. */
const LONGEST_NAME = 16

/** The longest stretch that ends here and stands in what is known is a whole name, or there is none. */
function isKnown(part: string, start: number, end: number, words: string): boolean {
  const before = part.slice(Math.max(0, start - LONGEST_NAME), start)
  if (start === 0 || GENERIC.test(before)) return true
  if (COMMON_NOUN.test(part.slice(start, end)) && BEFORE_NAME.test(before.slice(-1))) return true
  const furthest = Math.max(0, start - LONGEST_NAME)
  for (let from = furthest; from < start; from++) {
    if (!words.includes(part.slice(from, end))) continue
    return from === furthest || beginsName(part, from, words)
  }
  return false
}

function beginsName(part: string, from: number, words: string): boolean {
  if (from === 0) return true
  const before = part.slice(Math.max(0, from - 6), from)
  if (/[省市县区国州镇乡]$/u.test(before))
    return before.length > 1 && words.includes(before.slice(-2))
  return (
    BEFORE_NAME.test(before.slice(-1)) ||
    VERBS_BEFORE.test(before) ||
    words.includes(before.slice(-2))
  )
}

function people(text: string, words: string): Name[] {
  return [...text.matchAll(PERSON)]
    .map(nameOf)
    .filter((name) => !isWord(name))
    .filter(
      (name) =>
        name.length >= 2 &&
        !words.includes(letters(name)) &&
        !words.includes(letters(name.slice(0, 2))),
    )
    .filter((name) => !new RegExp(`^(?:${TITLES})`).test(name))
    .map((name) => ({ kind: 'person', text: name }))
}

function nameOf({ groups: { a, b, c, d, e } = {} }: RegExpExecArray): string {
  return a ?? b ?? c ?? d ?? e ?? ''
}

/** 方面代表 and 是金融。 name nobody: a dictionary has the word. */
function isWord(name: string): boolean {
  return [...WORDS.segment(name)].length === 1
}

function places(text: string, words: string): Name[] {
  return findPlaces(text)
    .map((mention) => mention.text)
    .filter(
      (name) =>
        !words.includes(letters(name)) &&
        !words.includes(letters(name.replace(/[省市县区]$/u, ''))),
    )
    .map((name) => ({ kind: 'place', text: name }))
}

function latin(text: string, spelled: string): Name[] {
  return [...fold(text).text.matchAll(/[a-z][a-z\d.\-_@:/&+]*[a-z\d]|\d[\d.]{0,15}[a-z][a-z\d]*/gu)]
    .map(([name]) => name)
    .filter((name) => !spelled.includes(name))
    .map((name) => ({ kind: 'latin', text: name }))
}
