import { figures as read } from './figures.ts'
import { findPlaces } from './places.ts'
import { remember } from './remember.ts'
import { wordsOf } from './words.ts'

/** Several kinds of things are looked for in the same text. */
export const figures = remember(read)

const dates = (text: string) => figures(text).filter(({ kind }) => kind === 'date')
const has = (pattern: RegExp) => (text: string) => pattern.test(text)
const marks = (text: string) => text.match(/[、；]/gu)?.length ?? 0

const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮储靳汲松井段富巫乌焦巴弓牧隗山谷车侯宓全郗班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲鄂索咸籍赖卓蔺屠蒙池乔阴能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧沃利蔚越隆师巩聂晁勾敖融冷訾辛阚那简饶空曾沙养鞠须丰巢关蒯相查后荆红游竺权盖益桓公楚仝亓逯付代闫付'
const TITLES =
  '书记|[市县区镇乡局科处院厅部司州省村]长|主任|董事长|总经理|经理|负责人|代表|委员|记者|通讯员|主席|秘书长|干事|编辑|评论员|同志|博士|成员|股东|总监|饰|审判长|院士|教授|教师|老师|会长|所长|站长|队长|校长|行长|厂长|团长|庭长|专家|研究员|工程师|驾驶员|警官|民警|司机|主播|大户|居民|村民|老板|创始人|志愿者'
const SAID = '说|介绍|表示|告诉|主持|提出|指出|强调|认为|坦言|带领|带着|出席'
const PERSON = new RegExp(
  `(?:${TITLES})[：:、]?[${SURNAMES}]\\p{Script=Han}{1,2}|(?<!\\p{Script=Han})[${SURNAMES}]\\p{Script=Han}{1,2}(?=${TITLES}|${SAID}|[（(、]|\\s|$)`,
  'u',
)
const ORGANISATION =
  /[\p{Script=Han}a-z]{2}(?:公司|集团|银行|农商行|支行|合作社|医院|大学|学院|研究院|研究所|局|厅|委员会|管委会|委|政府|办公室|协会|油田|法院|检察院|中心|部|联盟|基金会|工会|商会|妇联|厂)/iu

/** What can be seen of a text by the shape of its words, without knowing them. */
export const SHAPES: Readonly<Record<string, (text: string) => boolean>> = {
  figure: (text) => figures(text).some(({ kind }) => kind !== 'date' && kind !== 'phone'),
  price: (text) =>
    figures(text).some((f) => f.kind === 'quantity' && /元.*\//u.test(f.unit)) ||
    /每\p{Script=Han}{1,4}[^，。；]{0,8}\d[^，。；]{0,4}元|元[/每一]\p{Script=Han}|\p{Script=Han}(?:均|价)[^，。；]{0,6}\d[^，。；]{0,4}元/u.test(
      text,
    ),
  date: (text) =>
    dates(text).length > 0 ||
    /[年月][底初末中]|为止|[去今明前后]年|[上中下]旬|[上下]半年/u.test(text),
  day: (text) => dates(text).some((d) => d.kind === 'date' && d.day !== null),
  month: (text) => dates(text).some((d) => d.kind === 'date' && d.month !== null),
  year: (text) => dates(text).some((d) => d.kind === 'date' && d.year !== null),
  clock: has(/\d{1,2}[:：]\d{2}|\d{1,2}[点时](?![代间期候装])/u),
  phone: (text) =>
    figures(text).some(({ kind }) => kind === 'phone') ||
    /(?:电话|热线|拨打|专线|号码)[^\d，。；]{0,10}\d{3,8}(?!\d)|(?<!\d)\d{5}[^\d，。；]{0,6}(?:热线|电话|专线)/u.test(
      text,
    ),
  latin: has(/[A-Za-z]{2}/u),
  person: (text) =>
    PERSON.test(text) ||
    wordsOf(text).some(
      ({ tag, text: word }) =>
        (tag === 'nr' && word.length > 1 && SURNAMES.includes(word.charAt(0))) ||
        tag === 'nrt' ||
        tag === 'nrfg',
    ),
  title: has(new RegExp(TITLES, 'u')),
  organisation: has(ORGANISATION),
  place: (text) => findPlaces(text).length > 0,
  places: (text) => new Set(findPlaces(text).map(({ text: name }) => name)).size >= 2,
  address: has(/[路街巷道][^，。；]{0,8}(?:[东南西北]侧|口)|\d号/u),
  document: has(/《[^》]{2,100}》/u),
  quoted: has(/[“「"][^”」"]{2,300}[”」"]/u),
  several: (text) => marks(text) >= 1,
  items: (text) => marks(text) >= 2,
}
