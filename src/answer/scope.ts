/** What a question wants that quoting articles cannot give. */
export type OutOfScope = 'writing' | 'machinery' | 'opinion' | 'legal' | 'personal' | 'chat'

/**
 * Kinds are told by what is to be done, never by the topic: 打官司找援助 asks where help is, 打官司能赢吗
 * asks for an outcome.
 */
const KINDS: readonly (readonly [OutOfScope, RegExp])[] = [
  [
    'machinery',
    /(?:忽略|无视|忘[记掉]|不要管|别管|绕过)[^，。]{0,8}(?:前面|以上|之前|上面|所有|先前|规则|规定|指令|限制|设定)|提示词|系统(?:提示|指令|设定|消息)|prompt|api.?key|密钥|口令是|(?:扮演|假装|假设)你?(?:是|成|为)?|你现在是|从现在起你|你(?:是|用的?是?)(?:什么|哪个|啥|谁家的?)(?:大?模型|ai|系统)|越狱|开发者模式|别人(?:问|聊)了?(?:什么|啥)|其他用户/iu,
  ],
  [
    'writing',
    /(?:帮|替|给|为|请|以)[^，。？]{0,10}(?:写|起草|拟|编|撰写|代写|伪造|仿写|翻译)(?:出|了|好)?(?:一|个|份|篇|首|封|条|段|成)|(?:写|起草|编|撰写)[一个]?[份篇首封段](?!的)|伪造|代写|编造|冒充|以[^，。]{1,8}名义(?:写|发|出)/u,
  ],
  [
    'legal',
    /(?:能|会|可以|可能)(?:打)?(?:赢|胜诉|败诉)|打赢|胜算|判(?:几年|多少年|多久|我|他)|(?:算|是)不?(?:算|是)?(?:违法|犯法|犯罪)|(?:违法|犯法|犯罪)(?:吗|不|么)|能不能告|告得?赢|赔(?:我|他)?多少/u,
  ],
  [
    'opinion',
    /你(?:觉得|认为|看|说|喜欢|支持|推荐|建议)[^，。？]{0,24}(?:哪[个里边家]|好不好|该不该|值不值|对不对|是不是|会不会|靠谱|更|怎么样|吗|如何)|值不值得|该不该|(?:更|最)(?:适合|值得|靠谱|划算)|靠不靠谱|哪个(?:更)?(?:好|强|厉害)|谁更(?:好|强)|前景怎么样|会不会(?:涨|跌|垮|倒闭)/u,
  ],
  [
    'personal',
    /炒股|(?:买|卖|抛)(?:哪[只个支])?(?:股票|基金)|基金定投|彩票|比特币|(?:我|咱)[^。？]{0,14}(?:离婚|辞职|怀孕|看病|吃什么药|买房|相亲|考研)[^。？]{0,8}(?:吗|好不好|行不行|该|怎么|咋)|(?:我|咱)[^。？]{0,20}(?:该怎么办才好|划不划算|划算吗|会不会亏|能不能赚|赚钱吗|发财)/u,
  ],
  [
    'chat',
    /^(?:你好|您好|在吗|谢谢|再见|哈喽|hello|hi)[！!。~？?]*$|讲个?笑话|今天(?:天气|星期|几号)|天气(?:怎么样|如何|预报)|你(?:是谁|叫什么|多大|几岁)/iu,
  ],
]

/** Whether a question asks for what is outside of quoting articles, and for what; null when it does not. */
export function outOfScope(question: string): OutOfScope | null {
  return KINDS.find(([, pattern]) => pattern.test(question))?.[0] ?? null
}

/** What this bot is for, in one or two short sentences, by what was wanted. */
export const SCOPE_NOTICES: Readonly<Record<OutOfScope, string>> = {
  writing: '这里只引用报道原文回答问题，不代写文稿，也不替任何人作出承诺。',
  machinery: '这里只根据收录的本地报道回答经济政策问题。',
  opinion: '这里只引用报道原文，不作评价和推荐。可以问报道写了什么。',
  legal: '这里只引用报道原文，不判断个案结果。请咨询律师或当地法律援助机构。',
  personal: '这里只引用报道原文，不提供个人建议。可以问报道里的政策和数据。',
  chat: '这里根据收录的本地报道回答经济政策问题，例如怎么办理、多少、哪里、谁。',
}
