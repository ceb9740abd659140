/** Words that a page sets on its buttons. A line of these alone is no text. */
const BUTTONS =
  '大 中 小 大字号 中字号 小字号 特大 微信 微博 新浪微博 腾讯微博 QQ QQ空间 朋友圈 打印 打印此页 打印本页 关闭 关闭窗口 ' +
  '收藏 字体 字号 复制 复制链接 首页 更多 登录 注册 分享 分享到 评论 赞 点赞 举报 我要举报 我要评论 搜索 展开 展开全文 收起 目录 ' +
  '关注 返回 返回首页 返回顶部 返回列表 放大 缩小 默认 纠错 推荐 听全文 听新闻 阅读原文 关注我们 参与互动 调整字体 有帮助 没帮助 THE END'

/**
 * How lines begin that a page prints around its article, and that no article's sentence begins with:
 * 上一篇：… is one, 登录政务网后填表 and 举报电话：12345 are not.
 */
const OPENINGS = [
  '分享(?:到|至|本文)',
  '(?:当前|您的|现在|所在|本页)的?位置(?:\\s*[：:]|$)',
  '(?:[您你]|本页)?(?:现在|当前|目前)?(?:所?在)?的?位置(?:是)?\\s*[：:]?.{0,40}[>›»→]',
  '您是第\\s*[-\\d]',
  '首页\\s*[>›»/→]',
  '[上下]一[篇页条个版](?:\\s*[：:]|\\s|$)',
  '版权(?:所有(?![人者权])|声明)',
  '免责声明',
  '(?:特别|郑重)?声明[：:].{0,20}(?:本[网站文平]|转载|观点|仅供参考|版权)',
  '本(?:网站|网|站)(?:声明|凡|所刊)',
  '凡(?:本[网站])?注明',
  '(?:转载)请注明',
  '(?:本文)?(?:内容)?仅供(?:网友|读者|参考)',
  '未经(?:许可|授权|书面).{0,12}(?:转载|复制|摘编|镜像)',
  '.{0,30}(?:不得转载|务经书面授权|不代表.{0,12}(?:立场|观点))',
  '.{0,24}ICP备(?:案?[序编]?号|字|\\d)',
  '.{0,12}公网安备',
  '网站(?:标识码|地图|支持)|网站(?:维护|管理)\\s*[：:]',
  '最佳浏览',
  '(?:主办|承办|协办)[：:].{0,40}(?:网站|维护|技术支持|ICP)',
  'Copyright|©',
  '字[体号]\\s*[：:]\\s*[【[]?[大中小A]',
  '(?:阅读|点击|浏览|访问|转发|点赞|收藏|评论|分享)(?:量|次数?|数)?\\s*[：:（(]?\\s*\\d+\\s*[)）次人条]?$',
  '\\d+\\s*(?:人|次|条)?\\s*(?:收藏|点赞|赞|评论|浏览|阅读|转发|参与|跟帖|跟贴|回复)$',
  '已有\\s*\\d+\\s*人(?:参与|评论|跟帖|跟贴|点赞|收藏|阅读)?$',
  '.{0,10}对您(?:是否)?有(?:所)?帮助[吗么？?]*(?:[\\s有没]*帮助)*$',
  '查看(?:全部|更多)(?:\\d*条?)?(?:评论|回复|留言|内容|新闻|详情)?[\\s>»]*$',
  '返回.{0,8}(?:首页|顶部|列表|目录|版面)',
  '第\\s*[一二三四五六七八九十\\d]+\\s*版\\s*[：:]',
  '最后更新[：:]',
  '.{0,8}加载中',
  '.{0,12}请刷新(?:本|当前)?页面',
]
const LONGEST = 120
/** What a platform says of its users' articles, in as many words as it likes. */
const NOTICE = /^[“"]?(?:特别声明[：:]以上|Notice: ?The (?:above )?content)/iu
/**
 * What a page says of a telephone beside it. A step of a guide begins like it and is a sentence:
 * 打开微信，搜索“柳泉人社”小程序，提交申请。
 */
const SCAN = /^(?:扫一扫|微信扫|长按(?:识别|二维码)|扫码(?:下载|关注)|打开(?:APP|微信)|下载APP)/iu
const STEP = /[。；]$/u
const SHARING = /分享|朋友圈/u

const BUTTON = `(?:${BUTTONS.split(' ')
  .map((word) => word.replaceAll(' ', '\\s*'))
  .join('|')}|\\+\\d+|A[+-]?|\\d+)`
const BUTTON_LINE = new RegExp(
  `^[【\\[（(]?${BUTTON}(?:[\\s|｜/·,，\\]】\\[【（()）]+${BUTTON})*[】\\])）]*$`,
  'iu',
)
const OPENING = new RegExp(`^(?:${OPENINGS.join('|')})`, 'iu')

/** Whether a line belongs to a web page and not to its article. */
export function isWebFurniture(line: string): boolean {
  const text = line.trim()
  return (
    !/[\p{L}\p{N}]/u.test(text) ||
    isButtons(text) ||
    NOTICE.test(text) ||
    (text.length <= LONGEST && (OPENING.test(text) || isScan(text)))
  )
}

/** Words of buttons. Figures alone are none, and a row of a table has none: 中 is a size in it, 12 a sum. */
const isButtons = (text: string) =>
  /\p{L}/u.test(text) && !text.includes('\t') && BUTTON_LINE.test(text)

const isScan = (text: string) => SCAN.test(text) && (!STEP.test(text) || SHARING.test(text))

/** A line of labels without the words of buttons beside them: 来源：桃溪日报 举报. */
export const withoutButtons = (line: string): string =>
  line
    .split(/(?<=[\s|｜])/u)
    .filter((word) => !isButtons(word.trim()))
    .join('')
    .trim()
