/**
 * Words of a question that say that it is one, not what it is about: 请问, 到底, 咋, 呢. Papers do not
 * print them, so they would look rare and weighty.
 */

/** Chat and question words; where one stands, the question's letters count next to nothing. */
const CHAT = new RegExp(
  [
    '请问|请教|想问(?:一下|下)?|问一下|问下|我?想知道|想了解(?:一下)?|打听(?:一下|下)?|麻烦(?:您|你)?(?:了)?',
    '可以|能不能|可不可以|可以不可以|行不行|要不要|是不是|有没有|好不好|会不会|用不用|算不算|对不对|该不该|需不需要',
    '帮(?:我|忙)(?:看看|查查|查一下|看一下|列一下)?|给(?:我|咱)(?:列|说|讲|查|个准数|个数)?(?:一下|下)?|告诉我|跟我说说|说说|讲讲|详细(?:讲讲|说说)?|介绍一下|列一下',
    '到底|究竟|具体(?:是)?|大概|大约|差不多|一般|其实|好像|听说|听人说|据说|我看|看报纸说|报纸上说|报道里|报道中|这些报道|这几篇报道|文章里|资料里|材料里',
    '什么时候|啥时候|什么时间|何时|多长时间|多久|几时|哪一年|哪年|哪天|哪一天|几月几号|几号|几月份?',
    '为什么|为啥|为何|凭什么|怎么回事|咋回事|怎么样|怎样|怎么个|怎么才|怎么着|怎么|咋样|咋个|咋整|咋弄|咋办|咋|如何|怎',
    '什么样的?|什么|啥样|啥子|啥|哪一个|哪一家|哪一些|哪些个?|哪几(?:个|家|种|项|篇|位|类|条)?|哪个|哪家|哪位|哪里|哪儿|哪块|哪边|哪种|哪方面|哪',
    '谁|多少个?|几(?:个|家|条|项|次|回|种|期|篇|年|天|成|位|件)?|多高|多大|多远|多重|多不多|给个准数|准数|有数没',
    '对吧|对吗|没错吧|没错|是吧|是吗|行吗|行不|行吧|可以吗|可以不|好吗|来着|了没有?|没有啊|不呢|不啊|的吗|了吗|没得',
    '那个|这个|那些|这些|那样|这样|那么|这么|那边|这边|那里|这里|这儿|那儿|另外|还有|然后|顺便|再问|(?<![\\p{L}\\p{N}])[那这]',
    '我们|咱们|你们|他们|她们|它们|俺们|大家|人家|自己|我|咱|俺|你|您|他|她|它',
    '一个|一下|一点|有点|有的|有啥|有什么|都有|叫做?什么|是啥',
    '[吗呢吧啊呀嘛呗哈嘞哩哦噢唉诶喂么]{1,20}(?![\\p{L}\\p{N}])',
  ].join('|'),
  'gv',
)

/** Words that only hold a sentence together, where they stand alone; they count a little. */
const FUNCTION = new Set('的地得了着过是在有和与及或跟由被把对为从到等也都就还又再才要')

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

const CHAT_WEIGHT = 0.08
const FUNCTION_WEIGHT = 0.3

/** For every code unit of a normalized question, how much it counts, 0 to 1. */
export function letterWeights(question: string): Float32Array {
  const weights = new Float32Array(question.length).fill(1)
  for (const { segment, index } of segmenter.segment(question)) {
    if (FUNCTION.has(segment)) weights[index] = FUNCTION_WEIGHT
  }
  for (const { index, 0: match } of question.matchAll(CHAT)) {
    weights.fill(CHAT_WEIGHT, index, index + match.length)
  }
  return weights
}
