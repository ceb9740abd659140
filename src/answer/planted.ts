import { remember } from '../language/remember.ts'
import { sentences } from '../language/sentences.ts'
import type { Span } from '../traced.ts'

/**
 * What speaks to a machine and not to readers of a paper: orders to forget its rules, roles of a chat,
 * marks of chat templates, what to answer. About machines a paper may write as it likes.
 */
const ORDERS: readonly RegExp[] = [
  /(?:忽略|无视|忘记|忘掉|绕过|覆盖|停止遵守|不要?(?:再)?(?:理会|遵守|遵循))[^。！？\n]{0,16}(?:指令|提示词|(?:以上|之前|前面|先前|上面|上述|所有|一切|任何|你|您|系统)[^。！？，\n]{0,4}(?:内容|说明|指示|规则|提示|设定|限制|约束|要求))/u,
  /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,30}\b(?:previous|above|prior|earlier|all|any)\b[^.\n]{0,30}\b(?:instruction|rule|prompt|message|context)s?/iu,
  /<\|?\s*(?:im_start|im_end|system|assistant|endoftext)|\[\/?INST\]|<<\/?SYS>>/iu,
  /(?:^|[\n。！？])\s*(?:系统|system|assistant|助手|开发者|developer)(?:提示|消息|指令| ?prompt| ?message)?\s*[:：]/iu,
  /(?:系统提示词?|提示词|system prompt|密钥|api ?key)[^。\n]{0,12}(?:输出|公开|打印|复述|告诉|发(?:给|到)|reveal|print)|(?:输出|公开|打印|复述|泄露|reveal|print)[^。\n]{0,12}(?:系统提示|提示词|system prompt|密钥|api ?key)/iu,
  /(?:你|您)(?:现在|从现在起|接下来)?(?:是|扮演|作为)[^。，\n]{0,10}(?:ai|人工智能|语言模型|大模型|聊天机器人|智能助手)/iu,
  /(?:作为|如果你是)(?:一[个名])?(?:ai|人工智能|语言模型|大模型|聊天机器人|智能助手)[，,]/iu,
  /(?:请|务必|必须|一律|直接|只能?|都)[^。，\n]{0,8}(?:回答|回复|输出|答复)(?:用户|提问者|提问的人|对方)?\s*[:：“"「『]/u,
]

/** Whether a sentence speaks to a machine that reads it. */
export function addressesMachine(sentence: string): boolean {
  return ORDERS.some((order) => order.test(sentence))
}

/** What an order wants said stands in its own sentence. */
const SAYS = /(?:回答|回复|答复|输出|告诉|声明|say|answer|reply|print)[^。！？\n]{4,}/iu

/**
 * Where orders to a machine stand in a text: each with the rest of its paragraph, where what it wants
 * said may stand, unless it says that itself. A text is read once.
 */
export const plantedIn = remember((text: string): readonly Span[] => {
  const found: Span[] = []
  for (const { start, end } of sentences(text)) {
    const last = found.at(-1)
    const sentence = text.slice(start, end)
    if ((last && start < last.end) || !addressesMachine(sentence)) continue
    const paragraphEnd = text.indexOf('\n', start)
    const rest = paragraphEnd < 0 ? text.length : paragraphEnd
    found.push({ start, end: SAYS.test(sentence) ? end : rest })
  }
  return found
})

/** A text without its orders to machines. */
export function withoutOrders(text: string): string {
  const planted = plantedIn(text)
  if (planted.length === 0) return text
  const kept = planted.map(({ start }, i) => text.slice(planted[i - 1]?.end ?? 0, start))
  return [...kept, text.slice(planted.at(-1)!.end)]
    .join('')
    .replaceAll(/\n{2,}/g, '\n')
    .trim()
}
