import type { Sought } from '../answer/answer-news.ts'
import type { Answer } from '../corpus.ts'
import { MOST_FOLLOWED } from '../stores/follows.ts'

/** What a person is told the same at every door, beside what answers say. */
export const EXAMPLES = [
  '没有抵押物，能用专利贷款吗？',
  '新建的厂子怎么申请用电，要交钱吗？',
  '小微企业缺资金，有什么扶持？',
] as const

/** What answers are, and what they are not. */
export const WHAT_ANSWERS_ARE =
  '我只转述报纸登过的话：报道不等于政策文件，办事请以主管部门的答复为准；报道没写的，我会直说没有。'

/** What staff may keep of a question: no more than its words, and whatever else is erased. */
export const KEPT_FOR_CHECKING =
  '工作人员可能把问题留作检查回答的题目，只留问题本身，不留是谁问的；这样的题目不随您的记录删除。'

const sought = ({ topic, place }: Sought) => `“${topic}”（${place ?? '各地'}）`

/** Letters; what is longer is no matter and no question. */
export const LONGEST_TOPIC = 60

/** What is said of what people follow. */
export const FOLLOWING = {
  named: sought,
  everywhere: '各地',
  end: '不再关注',
  /** Nothing where it had ended before. */
  ended: (one: Sought | undefined) =>
    one ? `好的，不再关注了：${sought(one)}。` : '好的，不再关注了。',
  whichToEnd: '没有认出要取消的是哪一个。',
  endedForYou: '好的，不再为您关注了；群里还有人关注它，有新报道仍会发到这里。',
  notKept: '这里设定为不保存任何提问，所以记不住要关注什么。',
  none: '还没有关注什么。发送 /follow 主题 地区 就能关注，例如：/follow 专利质押贷款 濮阳市。以后收录的报道里有讲到它的，会在这里告诉您。',
  whatTopic: `请用一句话（${LONGEST_TOPIC} 字以内）写明要关注的事，地区写在后面，例如：/follow 专利质押贷款 濮阳市；不限地区就写：/follow 专利质押贷款 各地。`,
  full: `最多同时关注 ${MOST_FOLLOWED} 个主题，请先去掉一个。`,
  known: (one: Sought) => `已经在关注${sought(one)}。`,
  list: (all: readonly Sought[]) =>
    ['正在关注：', ...all.map((one, i) => `${i + 1}. ${sought(one)}`)].join('\n'),
  /** What news are kept as, among what was asked. */
  asked: ({ question }: Pick<Answer, 'question'>) => `关注：${question}`,
  unnamed: '新报道',
  head: (one: Sought) => `您关注的${sought(one)}有新报道`,
  more: (articles: number) => `另有 ${articles} 篇新报道也讲到，可用 /articles 加关键词查看。`,
  howToEnd: '发送 /follow 取消 1 就不再关注第 1 个；也可以写主题：/follow 取消 专利质押贷款。',
  /** In the terminal. */
  followedHere: (one: Sought) =>
    `好的，已关注${sought(one)}。以后新收录的报道里有讲到它的，下次在这里打开时告诉您。输入 /follow 看关注了什么、怎么取消。`,
  endHere: '输入 /follow 取消 1 就不再关注第 1 个；也可以写主题：/follow 取消 专利质押贷款。',
  noneHere:
    '还没有关注什么。输入 /follow 主题 地区 就能关注，例如：/follow 专利质押贷款 濮阳市。以后收录的报道里有讲到它的，下次打开时告诉您。',
  heldHere: '另一个程序正占用着对话记录，关注的事暂时看不了，也改不了，请稍后再试；提问不受影响。',
  rest: (news: number) => `其余 ${news} 条写不下，不再单独告诉。`,
} as const

/** What stands over a list of articles, and in its place. */
export const LISTING = {
  head: (query: string) => (query ? `“${query}”的报道` : '收录的报道'),
  page: (page: number) => `第 ${page + 1} 页`,
  none: (page: number) => (page > 0 ? '没有更多了。' : '没有找到。'),
} as const

export const SAID = {
  gone: '这条回答的资料已经清除，请重新提问。',
  thanks: '谢谢，已记下。',
  complaintKept: '谢谢，已交给工作人员。',
  unknownPlace: '没有认出这个地名，请写市或县的名称，例如：濮阳市、台前县。',
  placeSet: (place: string) => `所在地设为${place}。问到“咱市”“我县”时，按这里找。`,
  /** What opens one of so many sources. */
  sources: (count: number) => (count === 1 ? '/source 1' : `/source 1 到 /source ${count}`),
  placeCleared: '已取消所在地。',
  forgotten: '您的记录已全部删除。',
  tooFast: (seconds: number) => `问得有点快，请过 ${seconds} 秒再问。`,
} as const
