/**
 * What a question asks for, and whether a sentence holds such a thing: a figure of some kind, a date,
 * a person, a telephone number. Told by the shape of the words alone.
 */

export type WantKind =
  | 'phone'
  | 'online'
  | 'hours'
  | 'rate'
  | 'names'
  | 'materials'
  | 'address'
  | 'day'
  | 'date'
  | 'duration'
  | 'money'
  | 'share'
  | 'rank'
  | 'count'
  | 'person'
  | 'writer'
  | 'editor'
  | 'place'
  | 'list'
  | 'reason'
  | 'how'
  | 'whether'

export interface Want {
  readonly kind: WantKind
  /** The clause of the question that asks. */
  readonly clause: string
  /** Whether a sentence without it cannot answer: there is no telephone number in other words. */
  readonly strict: boolean
  /** The classifier that is counted with (家, 件), else null. */
  readonly unit: string | null
}

interface Kind {
  readonly kind: WantKind
  readonly asked: RegExp
  readonly strict?: true
}

const CLASSIFIER =
  '家户所人名位件项条款台套辆艘架种类次场期回份张本册座栋处亩吨笔篇届个宗支枚只头株棵枝倍'

/** The first that matches tells what a clause asks for; a clause may ask for one thing only. */
const KINDS: readonly Kind[] = [
  { kind: 'phone', strict: true, asked: /电话|手机号|联系方式|热线|号码/u },
  { kind: 'online', strict: true, asked: /邮箱|网址|邮编|微信号/u },
  { kind: 'hours', strict: true, asked: /几点|上班时间|营业时间|开门|开不开|下班/u },
  { kind: 'rate', strict: true, asked: /利率|利息|年息|月息|贴息|贴几个点/u },
  { kind: 'names', strict: true, asked: /名单|清单|花名册|列一下|列出来|列给|列个/u },
  {
    kind: 'materials',
    strict: true,
    asked:
      /(?:什么|哪些|啥|几[样份种]|提供|准备|带)[^，。？]{0,6}(?:材料|证件|手续|资料|证明)|(?:材料|证件|手续|资料|证明)[^，。？]{0,3}(?:有哪些|是什么|是啥|要啥)/u,
  },
  {
    kind: 'writer',
    strict: true,
    asked:
      /(?:谁|哪[个位名]?[^，。？]{0,6})(?:动笔|执的?笔|写的|写了|采写|撰写|写稿|报道的|拍的|摄)|执笔|作者|(?:哪[位个名]|谁是?)(?:通讯员|摄影)?记者|记者(?:是|叫)?(?:谁|哪|啥|什么)/u,
  },
  {
    kind: 'editor',
    strict: true,
    asked: /编辑(?:是|叫)?(?:谁|哪|啥|什么)|(?:谁|哪[位个])[^，。？]{0,6}编辑|谁编|责编/u,
  },
  {
    kind: 'person',
    strict: true,
    asked:
      /谁|哪[一]?[位名](?!置)|何人|叫什么|叫啥|姓名|名字|姓什么|哪个(?:代表|委员|领导|书记|市长|局长|科长|主任|负责人|人)/u,
  },
  { kind: 'address', strict: true, asked: /地址|什么位置|哪条路|哪个路口|怎么走|位置在|具体在哪/u },
  { kind: 'day', strict: true, asked: /哪[一]?天|几号|几月几/u },
  {
    kind: 'date',
    strict: true,
    asked:
      /什么时候|啥时候?|何时|几月|哪[一]?年|几几年|多会儿|什么时间|哪个月|截止|截至(?:什么|啥|哪)|(?:20)?\d\d年(?:的榜)?还是(?:20)?\d\d年/u,
  },
  {
    kind: 'duration',
    strict: true,
    asked:
      /多久|多长时间|几天|几个工作日|几个小时|几个月|几年|多少天|多少年|多少个工作日|时限|要等多|差几天/u,
  },
  { kind: 'rank', strict: true, asked: /第几|排名|排几|排多少|名次|啥地位|什么地位|什么水平/u },
  {
    kind: 'share',
    strict: true,
    asked:
      /百分之几|几成|占比|占到?多少|比例|比重|(?:涨|增长|增加|下降|降|跌|增|提高|高|低|快|压缩|省|压减)了?(?:多少|几)|增速|增幅|多少个?百分点|几个点|覆盖率|容积率|强度/u,
  },
  {
    kind: 'money',
    strict: true,
    asked:
      /多少钱|多少亿|多少万|几个亿|几百万|几千万|经费|花了多少|花多少|投资(?:了|额)?多少|[奖补贷投缴罚]多少|贷到多少|贷了多少|金额|额度|多少元|几块|产值|工资|租金|房租|价格|单价|卖多少|成本/u,
  },
  {
    kind: 'count',
    strict: true,
    asked: new RegExp(
      `(?:多少|几)(?:万|千|百)?个?[${CLASSIFIER}]|多少|几(?=[个项])|数量|有几`,
      'u',
    ),
  },
  { kind: 'reason', asked: /为什么|为啥|原因|咋回事|怎么回事|凭什么|凭啥/u },
  {
    kind: 'place',
    asked:
      /在哪|哪里|哪儿|哪个(?:地方|县|市|区|镇|村|企业|公司|单位|部门|窗口|酒店)|哪家|什么地方|啥地方|上哪|去哪|到哪|找哪/u,
  },
  {
    kind: 'list',
    asked:
      /哪些|哪几|哪[一二两三四五]|什么(?:样|条件|内容|措施|办法)|都有(?:啥|什么|谁)|分别|各[是有]|几种|啥|什么|干(?:什么|啥|嘛)/u,
  },
  { kind: 'how', asked: /怎么|如何|咋|怎样|流程|步骤|途径|办法|有没有办法|什么招|支.{0,2}招/u },
  {
    kind: 'whether',
    asked:
      /吗|[能会可行得用要收交]不[能会可行得用要收交]|有没有|是不是|是否|能否|可不可以|没有$|不$|么$|不[？?]/u,
  },
]

/** The clauses of a question that ask something, each with what it asks for. */
export function wantsOf(question: string): Want[] {
  const clauses = question.split(/[，。？！、；：,?!;:\s]+/u).filter(Boolean)
  const wants = clauses.flatMap((clause) => {
    const kind = KINDS.find(({ asked }) => asked.test(clause))
    if (!kind) return []
    const unit =
      kind.kind === 'count'
        ? (new RegExp(`(?:多少|几)(?:万|千|百)?([${CLASSIFIER}])`, 'u').exec(clause)?.[1] ?? null)
        : null
    return [{ kind: kind.kind, clause, strict: kind.strict ?? false, unit }]
  })
  // A yes-or-no tail (对吧, 有没有) beside a real question asks nothing of its own.
  const pointed = wants.filter(({ kind }) => kind !== 'whether')
  return pointed.length > 0 ? pointed : wants
}

const NUMBER = String.raw`(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)`
const MONEY = new RegExp(
  `${NUMBER}余?多?[十百千万亿]*余?多?(?:元|块)|\\d(?:\\.\\d+)?余?[万亿](?!人|次|吨|件|枝|亩|平|立|千瓦)`,
  'u',
)
const SHARE =
  /\d%|\d％|百分点|百分之|\d倍|[一二三四五六七八九]成(?!为|立|果|功|本)|不低于\d|大于\d|不超过\d/u
const RANK =
  /第\s?[\d一二三四五六七八九十]+|首[个位家]|前列|位居|名列|居.{0,6}位|仅[次高]于|排名|唯一|末位|望尘莫及/u
const DATE =
  /\d{1,2}月|\d{4}年|[今明去后]年|年[底末初内中]|[上下]半年|季度|近日|日前|昨[日天]|月底|月[初末]/u
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
const ADDRESS =
  /(?:路|街|大道|胡同|巷)[与和]?.{0,12}(?:交叉口|路口|\d+号|路[东南西北]|北侧|南侧|东侧|西侧|向[东南西北])|\d+号[楼院]?|交叉口|位于/u

/** Whether a text holds what is wanted, as far as its shape tells. */
export function holds({ kind, unit }: Want, text: string): boolean {
  const dense = text.replace(/\s+/gu, '')
  switch (kind) {
    case 'phone':
      return PHONE.test(dense)
    case 'online':
      return /@|www\.|https?:|\.c(?:n|om)|邮箱[：:为是]|微信号[：:为是]/u.test(dense)
    case 'hours':
      return /\d{1,2}[:：]\d{2}|\d{1,2}[点时](?!代|间|期|候|装)|24小时|周[一二三四五六日末]|节假日/u.test(
        dense,
      )
    case 'rate':
      return /(?:利率|利息|年息|月息|贴息)[^，。；]{0,14}(?:\d|厘|百分之|LPR)|\d(?:\.\d+)?%[^，。；]{0,6}(?:利率|利息|贴息)/u.test(
        dense,
      )
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
      return PERSON.test(text)
    case 'writer':
      return WRITER.test(text)
    case 'editor':
      return /编辑/u.test(text)
    case 'place':
      return /[省市县区镇乡村街路]|位于|公司|中心|大厅|窗口|基地|园区/u.test(dense)
    case 'list':
      return enumerated(dense) >= 2 || /一是|①|分别/u.test(dense)
    case 'reason':
      return /由于|因为|受.{1,20}(?:影响|制约)|导致|主要因|源于|缺|不足|不够|原因/u.test(dense)
    case 'how':
      return /通过|申[请报]|办理|推行|提供|可(?:以)?|采取|建立|实行|扫码|登录|拨打|凭|建议|要/u.test(
        dense,
      )
    case 'whether':
      return true
  }
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
  if (unit === null) return /\d|[一二两三四五六七八九十百千万]+[余多]?[个家项人件]/u.test(text)
  const same = SAME_COUNT.find((group) => group.includes(unit)) ?? unit
  const classifiers = unit === '个' ? `${CLASSIFIER}` : `${same}个`
  return new RegExp(`${NUMBER}余?多?[十百千万亿]*余?多?[${classifiers}]`, 'u').test(text)
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
