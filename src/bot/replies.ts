import type { Sought } from '../answer/answer-news.ts'
import { FOLLOWING, KEPT_FOR_CHECKING, SAID, WHAT_ANSWERS_ARE } from '../conversation/wording.ts'

/** The fixed sentences that Telegram's readers get, beside those every door has. */
export const SAY = {
  ...SAID,
  textOnly: '我只看得懂文字。请把想问的事用一句话打出来，例如：小微企业贷款有什么扶持？',
  forwarded: '这是转发来的一段话。要核对报道里有没有这样说，还是当作问题来问？',
  articleGone: '这篇报道已不在资料库里。',
  noAnswerYet: '还没有可以查看的出处，请先提问。',
  whatWasWrong: '哪里不对？请回复这条消息告诉我们，工作人员会看。（不想写可以不理会）',
  onlyWhoAsked: '只有提问的人可以请工作人员回复。',
  staffCalled: (days: number) =>
    `好的，工作人员看到后会在这里回复您。为了送到，现在记下这段对话和您这条提问在 Telegram 里的编号；回复送出后就删除，最长保存 ${days} 天，发送 /forget 也会删除。`,
  staffUncalled: '好的，不再等回复，记下的编号已经删除。',
  staffReplied: '工作人员已经写了回复，会发到这里。',
  staffReplySent: '工作人员的回复已经发到这里了，请往上找。',
  whichClaim: '请回复这条消息，把要核对的那句话发过来。',
  whichQuestion: '请回复这条消息，写下要问的问题。',
  whichPlace: '您问的是哪个地区？选一个，或回复这条消息写出地名，例如：濮阳市',
  noClaimCheck: '核对功能还没有开通。',
  nothingToAbort: '现在没有正在写的回答。',
  aborted: '已停下。',
  staffInPrivate: '请在私聊里使用这个命令。',
  askForget:
    '要忘掉您在这里问过的一切吗？提问、回答、评价、关注和所在地都会删除，无法恢复；之前回答下面的按钮也会失效。',
  askForgetInGroup:
    '要忘掉您问过的一切吗？您在各处的提问、回答、评价、关注和设过的所在地都会删除，无法恢复；之前回答下面的按钮也会失效。群里已经发出的消息不会收回。',
  askForgetAs: (command: string) =>
    `要忘掉用这个身份问过的一切吗？凡是用它问的，不论是谁，提问、回答、评价、关注和设过的所在地都会删除，无法恢复；群里已经发出的消息不会收回。确定的话，请仍用这个身份发送 ${command}`,
  forgottenInGroup: '提问、回答、评价、关注和设过的所在地都已删除，群里已经发出的消息除外。',
  notErasedYet:
    '只是另一个程序正在读数据文件，文件里的残余还没有抹掉；它读完以后一小时内会自动抹掉。',
  onlyWhoBegan: '只有发起的人可以决定。您要删除自己的记录，请发送 /forget。',
  ofNobody: '这个按钮已经失效，请重新发送 /forget。',
  kept: '好的，没有删除。',
  joined: (username: string) =>
    `大家好，我是问策，回答本地经济政策在报纸上是怎么说的。在群里 @${username}、回复我，或用 /ask 提问。`,
  unknownCommand: '没有这个命令。发送 /help 看看能做什么。',
  notAllowed: (id: number) =>
    `这个机器人目前只对部分用户开放。如需开通，请把这个编号告诉管理员：${id}`,
  tooOld: (at: string) =>
    `您在 ${at} 发来这条消息时，我不在线，没能及时回答，很抱歉。如果还需要，请点下面的按钮。`,
  gaveUp: '这条消息我试了几次都没能答完，很抱歉；如果还需要，请再问一次，或者换个说法。',
  cannotBeSent: '这条回答 Telegram 不肯收，没能发出来，很抱歉。请换个说法再问一次。',
  followed: (one: Sought) =>
    `好的，已关注${FOLLOWING.named(one)}。以后新收录的报道里有讲到它的，就发到这里：每天最多一条，夜里（22 点到 8 点）不发。为了送到，另外记下这段对话在 Telegram 里的编号；点“不再关注”或发送 /forget 就删除。`,
  onlyWhoFollows: '只有要求关注的人和群管理员可以取消。',
  diskFails: (why: string) => `现在什么都写不进磁盘：新的提问暂时收不下，已收下的先等着。${why}。`,
  whyInLog: '原因在日志里',
  damaged: '存提问的数据库坏了：请重启程序，它会救回能读的；缺的从备份恢复。',
  diskWell: '磁盘又能写了，积下的提问都在接着回答。',
  telegramAway: '连不上 Telegram：请检查网络和代理（HTTPS_PROXY、TELEGRAM_API_ROOT）。',
  telegramFails: (code: number) => `Telegram 内部出错（${code}），读者的消息还在等。`,
  rival: '有别的程序用同一个 token 在收消息：请把它停掉，或给它另一个 token。',
  tokenRefused:
    'Telegram 不再认这个机器人的 token：请到 @BotFather 取现在的 token，写进设置后重启。',
  webhookTaken: (host: string | undefined) =>
    host === undefined
      ? '机器人在 Telegram 登记的 webhook 被删掉了（可能有别的程序用同一个 token 在收消息）。会重新登记，一小时最多三次。'
      : `机器人在 Telegram 登记的 webhook 被改到了 ${host}。会改回来，一小时最多三次。如果那不是您的程序，请到 @BotFather 换一个 token。`,
  webhookFails: (why: string) =>
    `Telegram 送不到机器人的 webhook，读者的消息还在等。Telegram 说：${why}`,
  webhookRemoved: (host: string) =>
    `有别的程序用同一个 token 把消息引到了 ${host}，已经取消。如果那不是您的程序，请到 @BotFather 换一个 token。`,
  inlineHow: '写出问题，选一条回答发出去',
  inlineUnclear: '写完整一点，或点这里去私聊问',
  inlineNotFound: '没有找到，点这里去私聊问',
  inlineTooLong: '回答太长，点这里去私聊看',
  wholeAnswer: (articles: number) => `完整回答（${articles} 篇报道）`,
  placeNow: (place: string) => `现在的所在地：${place}。`,
} as const

export const START = `问策：本地经济政策，报纸上怎么说。

直接用一句话提问，我在收录的报纸里找答案。每句话后面的 ①② 是出处，点一下就能看到原文。

${WHAT_ANSWERS_ARE}

可以先试试：`

export const PRIVACY_TEXT = (days: number, hasDesk: boolean) =>
  [
    '隐私说明',
    days > 0
      ? `· 您的提问和得到的回答保存 ${days} 天，用来接着问、看出处和改进回答，到期自动删除。`
      : '· 您的提问和得到的回答不写入磁盘，只在程序运行时短暂记住，用来接着问和看出处。',
    '· 保存时不记姓名和账号，只记一个无法还原的编号。',
    '· 消息在回答之前暂存，答完即删，保证断电、重启也不漏答。',
    '· 在别的对话里写 @我 查报道时，写的字不写入磁盘。',
    '· 标记“有误”时写下的说明会给工作人员看。',
    `· ${KEPT_FOR_CHECKING}`,
    ...(hasDesk
      ? [
          '· 点了“请工作人员回复”，才另外记下那段对话和那条提问在 Telegram 里的编号，只用来送回复；送出、点“不用了”或到期就删除。',
        ]
      : []),
    ...(days > 0
      ? [
          '· 用 /follow 关注什么，就另外记下它和那段对话在 Telegram 里的编号，只用来告诉您新报道；不再关注就删除。',
        ]
      : []),
    '· 若启用了语言模型，问题会发送给模型服务用于组织回答，不含您的账号。',
    '· 发送 /forget 可随时删除您的记录。若管理员另做了备份，其中的旧记录随备份轮换删除。',
  ].join('\n')
