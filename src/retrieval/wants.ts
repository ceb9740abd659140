/** The kinds of things that questions ask for, the most telling first. */
const KINDS = [
  'phone',
  'date',
  'duration',
  'amount',
  'share',
  'figure',
  'who',
  'where',
  'name',
  'how',
  'list',
  'why',
  'yesno',
] as const
export type Want = (typeof KINDS)[number]

/** How each is asked for, and, where that can be seen, what a passage that answers has. */
const WANTS: Readonly<Record<Want, { readonly asked: RegExp; readonly given?: RegExp }>> = {
  phone: {
    asked: /电话|热线|手机号|号码|联系方式|怎么联系|打哪|邮箱|网址/,
    given: /(?:0\d{2,3}-?)?\d{7,8}|1[3-9]\d{9}|\b1[12]\d{3}\b|\b9\d{4}\b|400-?\d{3}-?\d{4}|@/,
  },
  date: {
    asked:
      /什么时候|啥时候|何时|几时|什么时间|哪一?年|哪一?天|几月|几号|哪个月|截止|到期|多会儿|日期/,
    given: /\d+月|\d{4}年|\d+日|[去今明前]年|年底|[上下]半年|[上中下]旬|季度/,
  },
  duration: {
    asked: /多久|多长时间|几天|几个?(?:工作日|月|小时|钟头)|多少天|期限|时限|几年|多快/,
    given: /\d+(?:\.\d+)?个?(?:工作日|小时|天|日|个月|年|分钟)|[一二三两半]+(?:天|个月|年)/,
  },
  amount: {
    asked:
      /多少(?:个)?(?:钱|万|亿|元|块|资金|经费|贷款|税)|几个钱|几(?:万|亿|千|百)|金额|额度|价格|收费|要交?钱|奖多少|补多少|贷多少|花多少|投多少|砸多少|省多少/,
    given: /\d[\d.]*余?[万亿千百]*元|[一二三四五六七八九十百千万两]+元|无需承担|免费|免收/,
  },
  share: {
    asked:
      /占比|比例|比重|百分之几|几成|几个点|占多|涨了?多少|降了?多少|增长多少|增速|涨幅|率(?:是|有)?多/,
    given: /%|百分之|个百分点|成以上|翻番/,
  },
  figure: {
    asked:
      /多少|几[个家条项次回种期篇位件户人座处栋台辆名张]|多大|多高|多重|多远|给个准?数|要个数|准数|总共|一共|排第几|第几|有几/,
    given: /\d|[一二三四五六七八九十百千万两零]+(?:[个家条项次种期件户人座处台辆名张位])/,
  },
  who: {
    asked: /谁|哪位|哪个人|什么人|叫什么名|名字|执笔|哪个?记者|哪个局长|是哪个/,
    given:
      /记者|通讯员|执笔|编辑|局长|主任|书记|市长|县长|经理|董事长|负责人|院长|科长|处长|会长|代表|委员|居民|村民|说|介绍|表示/,
  },
  where: {
    asked:
      /哪里|哪儿|哪块|哪个(?:地方|窗口|企业|公司|城市|县|区|村|单位|部门|酒店|厅)|什么地方|啥地方|在哪|去哪|到哪|位置|地址|地点|位于|哪几?个?(?:城市|地方)/,
    given: /位于|[路街巷]\S{0,8}[口号侧]|交叉口|[省市县区镇乡村]|大厅|窗口|公司|中心|基地/,
  },
  name: {
    asked: /叫什么|叫啥|什么名|哪个平台|什么平台|哪家|哪个小程序|用哪个|啥平台|啥文件|什么文件/,
  },
  how: {
    asked:
      /怎么(?!样)|咋|如何|流程|步骤|手续|材料|条件|门槛|程序|办法|途径|渠道|方式|找谁|申请|办理|怎样/,
  },
  list: {
    asked: /哪些|哪几|都有[谁啥什]|有啥|有哪|名单|列(?:一下|出|举)?|分别|各是|几种|包括|都说/,
  },
  why: {
    asked: /为什么|为啥|为何|原因|咋回事|怎么回事|凭什么/,
    given: /由于|因为|受.{1,20}影响|原因|导致/,
  },
  yesno: {
    asked:
      /吗|(?<![什怎那这多要])么(?:[？?]|$)|能不能|可不可以|是不是|有没有|行不行|要不要|会不会|算不算|对吧|没错吧|是吧|不[？?]?$|没[？?]?$|行不|够不够/,
  },
}

/** What a question asks for, the most telling first; empty when it does not say. */
export function wantsOf(question: string): Want[] {
  return KINDS.filter((want) => WANTS[want].asked.test(question))
}

/** Whether a text has what is wanted; true for what cannot be seen. */
export function gives(want: Want, text: string): boolean {
  return WANTS[want].given?.test(text) ?? true
}

/** What is counted where a question asks how many: 家 in 多少家, 元 in 几个钱. */
const MEASURES =
  /(?:多少|几)(?:来|个)?(工作日|平方米|平方公里|公里|千米|小时|个百分点|[家条项次回种期篇位件户人座处栋台辆名张亩吨股批笔份届场级层岁天年月钱元])|(?:多少|几)(个|成)/
/** Measures that papers write otherwise than people say them. */
const WRITTEN: Readonly<Record<string, string>> = {
  钱: '元',
  回: '次|场|期|届|轮',
  天: '天|个?工作日|日',
  人: '人|名|位',
  位: '人|名|位',
  成: '%|成',
  月: '个?月',
}

/** Finds amounts of what a normalized question asks how many of; none when it does not ask so. */
export function askedMeasure(question: string): RegExp | undefined {
  const found = MEASURES.exec(question)
  const measure = found?.[1] ?? found?.[2]
  if (measure === undefined) return undefined
  return new RegExp(
    `[\\d一二三四五六七八九十百千两][余多]?[万亿千百]*[余多]?(?:${WRITTEN[measure] ?? measure})`,
  )
}
