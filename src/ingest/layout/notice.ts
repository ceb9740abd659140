const NOTICE_TITLE =
  /(?:公告|通告|声明|启事|公示|告示|更正|致歉信?|讣告|招聘|招租|招标|拍卖|中标|停水|停电|缴费)(?:信息|通知|公告|启事|书)?$/u
const LENGTH = 30

/** Whether a headline is that of an announcement and not of a report. */
export const isNoticeTitle = (headline: string): boolean =>
  headline.length <= LENGTH && NOTICE_TITLE.test(headline.replace(/\s/gu, ''))
