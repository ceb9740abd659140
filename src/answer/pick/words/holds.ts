/** Whether a sentence holds such a thing as a question asks for, told by the shape of its words. */
import { findPlaces } from '../../../language/places.ts'
import { findKnown } from '../../../retrieval/thesaurus.ts'
import { figures } from '../../../language/figures.ts'
import { CLASSIFIERS } from './wants.ts'
import type { Want, WantKind } from './wants.ts'

const NUMBER = String.raw`(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)`
const MONEY = new RegExp(
  `${NUMBER}余?多?[十百千万亿]*余?多?(?:元|块)|\\d(?:\\.\\d+)?余?[万亿](?!人|次|吨|件|枝|亩|平|立|千瓦)`,
  'u',
)
const SHARE =
  /\d%|\d％|百分点|百分之|\d倍|[一二三四五六七八九]成(?!为|立|果|功|本)|不低于\d|大于\d|不超过\d/u
const RANK =
  /第\s?[\d一二三四五六七八九十]+|首[个位家]|零[”"]?的突破|率先|前列|位居|名列|居.{0,6}位|仅[次高]于|排名|唯一|末位|望尘莫及/u
const DATE =
  /\d{1,2}月|\d{4}年|(?<!\d)20\d\d(?!\d)|[今明去后]年|年[底末初内中]|[上下]半年|季度|近日|日前|昨[日天]|月底|月[初末]/u
const DAY = /\d{1,2}月\d{1,2}日|\d{1,2}日/u
const DURATION = new RegExp(
  `${NUMBER}余?多?个?(?:工作日|天|日内|小时|个月|年|分钟|周|星期)|当天|当年|即时|立等`,
  'u',
)
const PHONE =
  /(?<!\d)(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|[2-8]\d{6,7}|1\d{4}|9\d{4})(?![\d.]|[余多]?[万亿元家个件人亩吨%％年])/u
const WRITER = /记者|通讯员|执笔|特约评论员|作者|摄影|■|摄[）)]?$|文[/／]/u
const PERSON_TITLE =
  '书记|市长|县长|区长|局长|科长|处长|主任|院长|部长|董事长|总经理|经理|负责人|党支部书记|代表|委员|记者|通讯员|主席|秘书长|干事|编辑|评论员|教师|会长|所长|站长|队长|校长|主播|大户|居民|村民'
const SURNAME =
  '[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘斜厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公楚]'
const PERSON = new RegExp(
  `(?:${PERSON_TITLE})[：:]?${SURNAME}\\p{Script=Han}{1,2}|${SURNAME}\\p{Script=Han}{1,2}(?:${PERSON_TITLE}|说|介绍|表示|告诉|主持|提出|指出|强调)|(?:^|[\\s\\n、（(])${SURNAME}\\p{Script=Han}{1,2}(?:〔执笔〕)?[\\s\\n]`,
  'u',
)
/** What is asked of the time to come is answered by a plan only. */
const AHEAD = /明年|打算|准备(?:再|投|建)|下一步|将来|以后要/u
const PLANNED = /计划|预计|目标|力争|明年|将|拟|到20\d\d年|下一步|争取|打造|筹/u
const COUNTED: ReadonlySet<WantKind> = new Set(['count', 'money', 'share', 'duration'])

/** How people call the head of something, and its titles in print. */
const TITLES_MEANT: readonly (readonly [said: RegExp, printed: string])[] = [
  [/老板|掌柜|管事|当家/u, '负责人|董事长|总经理|经理'],
  [/支书|书记/u, '书记'],
  [/一把手|头儿|领导/u, '书记|局长|主任|市长|县长|负责人'],
  ...'市长 县长 区长 局长 科长 处长 主任 院长 部长 董事长 总经理 会长 所长 站长 校长 代表 委员 负责人 大户'
    .split(' ')
    .map((title) => [new RegExp(title, 'u'), title] as const),
]

/** A name with the title that is asked for, with any when none is. */
function isNamed(text: string, clause: string): boolean {
  const meant = TITLES_MEANT.filter(([said]) => said.test(clause)).map(([, printed]) => printed)
  if (meant.length === 0) return PERSON.test(text)
  const titles = meant.join('|')
  return new RegExp(
    `(?:${titles})[：:\\s]?${SURNAME}\\p{Script=Han}{1,2}|${SURNAME}\\p{Script=Han}{1,2}(?:〔执笔〕)?\\s?[^，。；\\n]{0,24}(?:${titles})`,
    'u',
  ).test(text)
}

/** Who reports is not who is asked for. */
const LEAD = /本报讯\s*[（(][^）)]*[）)]|本报记者[\s\p{Script=Han}]{2,12}/gu
const ADDRESS =
  /(?:路|街|大道|胡同|巷)[与和]?.{0,12}(?:交叉口|路口|\d+号|路[东南西北]|北侧|南侧|东侧|西侧|向[东南西北])|\d+号[楼院]?|交叉口|位于/u

/** An office, a company, a bank by its name. */
const ORGANISATION =
  /[\p{Script=Han}A-Za-z]{2,}(?:公司|集团|银行|农商行|支行|股份|合作社|医院|大学|学院|研究院|研究所|局|厅|委员会|管委会|委|政府|办公室|协会|油田|(?:服务|发展|研究)中心)|(?<![各多几]家|[大小中微名]|类|上市|龙头|涉|受|助|惠|型|业|的|县|市|家)企业[“"]/u

/** Whether a text holds what is wanted, as far as its shape tells. */
export function holds({ kind, unit, noun, clause }: Want, text: string): boolean {
  const dense = text.replace(/\s+/gu, '')
  if (noun !== null && !names(noun, dense)) return false
  if (AHEAD.test(clause) && COUNTED.has(kind) && !PLANNED.test(dense)) return false
  switch (kind) {
    case 'phone':
      return PHONE.test(dense)
    case 'age':
      return /\d+岁|出生|年龄/u.test(dense)
    case 'price':
      return /元\/\p{Script=Han}|每\p{Script=Han}{1,3}[^，。；]{0,8}\d[^，。；]{0,4}元|\d[^，。；]{0,3}元[每一]\p{Script=Han}/u.test(
        dense,
      )
    case 'online':
      return /@|www\.|https?:|\.c(?:n|om)|邮箱[：:为是]|微信号[：:为是]|下载/u.test(dense)
    case 'hours':
      return /\d{1,2}[:：]\d{2}|\d{1,2}[点时](?!代|间|期|候|装)|24小时|周[一二三四五六日末]|节假日/u.test(
        dense,
      )
    case 'rate':
      return rated(dense, clause)
    case 'names':
      return enumerated(dense) >= 4 && /(?:公司|集团|企业|厂|银行|中心|合作社)[、和]/u.test(dense)
    case 'materials':
      return /(?:提供|提交|准备|携带|需|申[请报]|报装)[^，。；]{0,10}(?<![新原])(?:材料|证件|资料|证明|手续)|材料(?:受理|清单)/u.test(
        dense,
      )
    case 'address':
      return ADDRESS.test(dense)
    case 'day':
      return DAY.test(dense)
    case 'month':
      return /\d{1,2}月/u.test(dense)
    case 'date':
      return DATE.test(dense)
    case 'duration':
      return DURATION.test(dense)
    case 'money':
      return MONEY.test(dense)
    case 'share':
      return SHARE.test(dense)
    case 'rank':
      return RANK.test(dense)
    case 'count':
      return counted(dense, unit)
    case 'person':
      return isNamed(text.replace(LEAD, ''), clause)
    case 'actor':
      return /[专代办服技科管]\p{Script=Han}?员|部门|单位|公司|[局厅委办院]|中心|人员|专班|政府|财政/u.test(
        dense,
      )
    case 'size':
      return figures(text).some((f) => f.kind === 'quantity' || f.kind === 'vague')
    case 'writer':
      return WRITER.test(text)
    case 'editor':
      return /编辑/u.test(text)
    case 'office':
      return /窗口|大厅|服务中心|受理点|办事处|便民/u.test(dense)
    case 'organisation':
      return ORGANISATION.test(dense)
    case 'post':
      return PERSON.test(text)
    case 'district':
      return new RegExp(
        `\\p{Script=Han}{2,3}[${/哪个(\p{Script=Han}{1,2})/u.exec(clause)?.[1] ?? '县区'}]`,
        'u',
      ).test(dense)
    case 'places':
      return (
        new Set(
          findPlaces(dense).flatMap(({ text: name }) => (clause.includes(name) ? [] : [name])),
        ).size >= 2
      )
    case 'place':
      return /位于|坐落|地处|在[^，。；]{2,24}(?:举行|召开|举办|投产|落户|成立|建设|设立)|[路街]|交叉口|\p{Script=Han}{2}(?:[县区镇乡村]|公司|中心|大厅|窗口|基地|园区)/u.test(
        dense,
      )
    case 'level':
      return /[国省市县]家?级|\p{Script=Han}部(?:认定|授予|公布|批复)|被[^，。]{2,10}(?:认定|评为|授予|列为)|获批|入选/u.test(
        dense,
      )
    case 'list':
      return enumerated(dense) >= 2 || /一是|①|分别/u.test(dense)
    case 'reason':
      return /由于|因为|受.{1,20}(?:影响|制约)|导致|主要因|源于|缺|不足|不够|原因/u.test(dense)
    case 'how':
      return /通过|申[请报]|办理|推行|提供|可以|可[^能持]|采取|建立|实行|扫码|登录|拨打|凭|建议|鼓励|探索|等(?:多种)?(?:方式|模式|办法)|原则|分批|坚持[^，。]{2,}“|一是|[一二三]要/u.test(
        dense,
      )
    case 'meaning':
      return /即|是指|指的是|包括|是.{2,}的|“|——|:|：/u.test(dense)
    case 'progress':
      return /(?:完成|建成|投产|竣工|投用)[^，。]{0,12}\d|\d[^，。]{0,4}(?:%|％)|已(?:全部|经)?(?:完成|建成|投产|竣工|投用|开工)|正在|预计|尚未/u.test(
        dense,
      )
    case 'whether':
      // What may be done, by whom, on what terms; or that it may not.
      return /可(?:以)?(?!持续|能|再生|降解|靠)|能够|对.{2,40}的|无需|不收|免|不得|须|应当?|允许|支持|实行|推行|实现|已|无一|没有|未|不/u.test(
        dense,
      )
  }
}

/** Whether a text has a noun, or another word for it. */
function names(noun: string, text: string): boolean {
  const [known] = findKnown(noun)
  return [noun, ...(known?.others ?? [])].some((word) => text.includes(word))
}

/** The very rate that is asked for, beside a figure. */
function rated(text: string, clause: string): boolean {
  const word = /费率|税率/u.exec(clause)?.[0] ?? '(?:利率|利息|年息|月息|贴息)'
  return new RegExp(
    `${word}[^，。；]{0,14}(?:\\d|厘|百分之|LPR)|\\d%[^，。；]{0,6}${word}`,
    'u',
  ).test(text)
}

/** How many items an enumeration has: parted by 、, or counted off (一是…二是…). */
function enumerated(text: string): number {
  const longest = Math.max(
    0,
    ...(text.match(/[^，。；：]+/gu) ?? []).map((part) => part.split('、').length),
  )
  const ordered = text.match(/[一二三四五六七]是/gu)?.length ?? 0
  return Math.max(longest, ordered)
}

/** A count with the classifier asked with, or with one that counts the same things. */
function counted(text: string, unit: string | null): boolean {
  if (unit === null) return figures(text).some((f) => f.kind === 'quantity' || f.kind === 'vague')
  const same = SAME_COUNT.find((group) => group.includes(unit)) ?? unit
  const classifiers = unit === '个' ? CLASSIFIERS : same
  return new RegExp(
    `${NUMBER}余?多?[十百千万亿]*余?多?(?:[${classifiers}]|个\\p{Script=Han}{0,4}(?:企业|公司|厂|单位|商户))`,
    'u',
  ).test(text)
}

const SAME_COUNT = [
  '家户所',
  '人名位',
  '件项条',
  '台套辆',
  '种类',
  '次场期回',
  '份张本册篇',
  '座栋处',
  '枝支',
]
