/** What a question asks for, told by how it is asked. */

export type WantKind =
  | 'phone'
  | 'age'
  | 'price'
  | 'online'
  | 'hours'
  | 'rate'
  | 'names'
  | 'materials'
  | 'writer'
  | 'editor'
  | 'person'
  | 'actor'
  | 'size'
  | 'address'
  | 'day'
  | 'month'
  | 'date'
  | 'duration'
  | 'rank'
  | 'share'
  | 'money'
  | 'count'
  | 'reason'
  | 'office'
  | 'organisation'
  | 'post'
  | 'district'
  | 'places'
  | 'place'
  | 'level'
  | 'list'
  | 'how'
  | 'meaning'
  | 'progress'
  | 'whether'

export interface Want {
  readonly kind: WantKind
  /** The clause of the question that asks. */
  readonly clause: string
  /** Whether a sentence without it cannot answer: there is no telephone number in other words. */
  readonly strict: boolean
  /** The classifier that is counted with (家, 件), else null. */
  readonly unit: string | null
  /** The thing that is asked for by name (哪个酒店), where the name says more than its kind, else null. */
  readonly noun: string | null
}

/** Classifiers that one counts things with. */
export const CLASSIFIERS =
  '家户所人名位件项条款台套辆艘架种类次场期回份张本册座栋处亩吨笔篇届个宗支枚只头株棵枝倍'

const COUNT = new RegExp(
  `多少(?!年的)|(?<![哪这那好前后近头])几(?![篇份个][^，。？]{0,3}(?:报告|材料|报道|文章|稿))(?:万|千|百)?个?(?:[${CLASSIFIERS}条]|$|[？?])(?!一起|一块|捆|合|联)|(?<![哪这那])几[道步趟]|数量|有几`,
  'u',
)

/** The first that matches tells what a clause asks for. */
const KINDS: readonly (readonly [kind: WantKind, strict: boolean, asked: RegExp])[] = [
  ['phone', true, /电话|手机号|联系方式|热线|号码|代码|账号|卡号/u],
  ['age', true, /多大(?:年纪|岁数|年龄)|几岁|多少岁|年龄|岁数/u],
  [
    'price',
    true,
    /一(?:枝|支|斤|公斤|亩|平米|平方米?|吨|度|瓶|晚|立方|克|升|米)[^，。？]{0,8}(?:多少(?:钱|元|租金)|几块|什么价)|(?:多少钱|几块钱?|多少元)一(?:枝|支|斤|公斤|亩|平米|平方米?|吨|度|瓶|晚|立方|克|升|米|股)/u,
  ],
  ['online', true, /邮箱|网址|邮编|微信号|下载|链接/u],
  ['hours', true, /几点|上班时间|营业时间|开门|开不开|下班/u],
  ['rate', true, /利率|利息|年息|月息|贴息|贴几个点|费率|税率/u],
  ['names', true, /名单|花名册|列一下|列出来|列给|列个/u],
  [
    'materials',
    true,
    /(?:提供|准备|带|交|要|需)[^，。？]{0,6}(?:材料|证件|手续|资料|证明)(?![里中上])|(?:材料|证件|手续|资料|证明)[^，。？]{0,3}(?:有哪些|是什么|是啥|要啥)/u,
  ],
  [
    'writer',
    true,
    /(?:谁|哪[个位名]?[^，。？]{0,6})(?:动笔|执的?笔|写的|写了|采写|撰写|写稿|报道的|拍的|摄)|执笔人?|作者|写[^，。？]{0,14}(?:的人|的那位)(?:叫|是)|(?:哪[位个名]|谁是?)(?:通讯员|摄影)?记者|记者(?:是|叫)?(?:谁|哪|啥|什么)/u,
  ],
  ['editor', true, /编辑(?:是|叫)?(?:谁|哪|啥|什么)|(?:谁|哪[位个])[^，。？]{0,6}编辑|谁编|责编/u],
  ['actor', false, /谁(?:帮|管|来|出(?!的)|给|负|牵头|去|替|承担|掏)|找谁/u],
  [
    'person',
    true,
    /谁|哪一?[位名](?!置)|何人|叫什么|叫啥|姓名|名字|姓什么|哪个(?:代表|委员|政协委员|领导|书记|市长|局长|科长|主任|负责人|人)/u,
  ],
  ['address', true, /地址|什么位置|哪条路|哪个路口|怎么走|位置在|具体在哪/u],
  ['day', true, /哪一?天|几号|几月几/u],
  ['month', true, /几月|哪个?月/u],
  [
    'date',
    true,
    /什么时候|啥时候?|何时|哪一?年|几几年|多会儿|什么时间|截止|\d\d年(?:的.{1,3})?还是(?:20)?\d\d年/u,
  ],
  [
    'duration',
    true,
    /多久|多长时间|几天|几个工作日|几个小时|几个月|几年|多少天|多少年|多少个工作日|时限|要等多/u,
  ],
  ['level', false, /哪一?级|什么级别|几级/u],
  ['rank', true, /第几|排名|排几|排多少|名次|啥地位|什么地位/u],
  [
    'share',
    true,
    /百分之几|几成|占比|占到?多少|比例|比重|(?:涨|增长|增加|下降|降|跌|增|提高|(?<!最)高|(?<!最)低|快|压缩|省|压减)了?(?:多少|几)|增速|增幅|多少个?百分点|多少个?点|几个点|覆盖率|容积率|强度/u,
  ],
  [
    'money',
    true,
    /多少(?:钱|贷款?|资金|奖金|投资|补贴|奖励|税(?!务)|利润|收入|本金)|营业?收入?|利润|多少亿|多少万|几个亿|几百万|几千万|经费|花了多少|花多少|投资(?:了|额)?多少|[奖补贷投缴罚]多少|贷到多少|贷了多少|金额|额度|多少元|几块|产值|工资|租金|房租|价格|单价|卖多少|成本|多少本钱/u,
  ],
  [
    'places',
    false,
    /哪(?:几个|些)?(?:城市|省份|国家)|哪些(?:地方|地区|县|市|省)|(?:卖|销|发|运)[到往去]?了?哪/u,
  ],
  ['count', true, COUNT],
  ['size', false, /多大|多高|多长|多宽|多重|多深/u],
  [
    'meaning',
    false,
    /意思|含义|指(?:的是)?什么|指啥|是什么[？?]?$|是啥[？?]?$|什么叫|啥叫|怎么理解/u,
  ],
  [
    'progress',
    false,
    /(?:完工|建成|投产|完成|竣工|投用|开工|结束)了?(?:吧|吗|没|么|$)|进展|进度|到哪一?步/u,
  ],
  ['reason', false, /为什么|为啥|原因|咋回事|怎么回事|凭什么|凭啥/u],
  ['office', true, /哪个(?:窗口|科室)|哪里办理|(?:去|到|上)哪(?:儿|里)?(?:办|申请|咨询)|归谁管/u],
  ['post', false, /职务|职位|什么官|身份|头衔|干什么的/u],
  ['organisation', true, /哪家(?!长)|哪个(?:企业|公司|厂|银行|机构|单位|部门|局)|谁家|哪里出的/u],
  ['district', true, /哪个(?:乡镇|镇|乡|街道|县区?|区县?|省)/u],
  [
    'place',
    false,
    /在哪|哪里|哪儿|哪个(?:地方|县|市|区|镇|村)|什么地方|啥地方|上哪|去哪|到哪|找哪/u,
  ],
  [
    'how',
    false,
    /(?:路子|办法|途径|措施|招数?|渠道|方式|法子|做法)(?:$|[^\p{Script=Han}]|吗|呢|没)/u,
  ],
  [
    'list',
    false,
    /哪些|哪几|哪[一二两三四五]|哪类|哪种|哪个|什么(?:样|条件|内容|措施|办法)|都有(?:啥|什么|谁)|分别|各[是有]|几种|啥|什么/u,
  ],
  ['how', false, /怎么|如何|咋|怎样|流程|步骤|途径|办法|什么招|支.{0,2}招/u],
  [
    'whether',
    false,
    /吗|[能会可行得用要收交]不[能会可行得用要收交]|有没有|是不是|是否|能否|可不可以|没有$|不$|么$|不[？?]/u,
  ],
]

/** Asked for by name, what names nothing in particular. */
const ANY_NOUN =
  /^(?:地方|企业|公司|单位|部门|代表|委员|政协|领导|书记|市长|局长|科长|主任|人|县|市|区|镇|村|城市|平台|记者|编辑|好|更|方面|行业|产业|项目|领域|阶段|级|比|贵|多|少|高|低|大|小|快|做|是|月|路口|窗口|小程|乡|省|街道|社区|园区|开发区|季度|办法|效果|便宜|重要|先|早|晚|厉害)/u

/** The clauses of a question that ask something, each with what it asks for. */
export function wantsOf(question: string): Want[] {
  const clauses = question
    .split(/[，。？！；：,?!;:\s]+|(?<=[多几哪啥么谁].{0,8})、/u)
    .filter(Boolean)
  const wants = clauses.flatMap((clause): Want[] => {
    const found = KINDS.find(([, , asked]) => asked.test(clause))
    if (!found) return []
    const [kind, strict] = found
    return [
      {
        kind,
        clause,
        strict,
        unit: kind === 'count' ? unitOf(clause) : null,
        noun: nounOf(clause),
      },
    ]
  })
  // A yes-or-no tail (对吧, 有没有) beside a real question asks nothing of its own.
  const pointed = wants.filter(({ kind }) => kind !== 'whether')
  return pointed.length > 0 ? pointed : wants.slice(0, 1)
}

function unitOf(clause: string): string | null {
  return new RegExp(`(?:多少|几)(?:万|千|百)?([${CLASSIFIERS}])`, 'u').exec(clause)?.[1] ?? null
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** The word after 哪个; letters that the dictionary does not join (投得多) name nothing. */
function nounOf(clause: string): string | null {
  const after = /哪个(\p{Script=Han}+)/u.exec(clause)?.[1]
  const [word] =
    after === undefined ? [] : [...segmenter.segment(after)].map(({ segment }) => segment)
  return word === undefined || word.length < 2 || ANY_NOUN.test(word) || /[得了过着]$/u.test(word)
    ? null
    : word
}
