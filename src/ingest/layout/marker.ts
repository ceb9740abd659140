/** Words that newspapers set in front of things; each begins a paragraph of its own wherever it stands. */

/** 本报讯, 本报某地某日电, 新华社某地某日电: only a report begins so. */
export const REPORT =
  /^(?:本\s*报(?:讯|[^\s，。]{0,12}?\d{1,2}月\d{1,2}日(?:讯|电))|新华社[^，。]{1,16}电)/u

/** Those, and （记者 …）: the lead of a story. */
export const LEAD = new RegExp(`${REPORT.source}|^[（(](?:本报)?记者`, 'u')

/** A line that names who wrote, photographed or edited. */
export const BYLINE =
  /^(?:[■●◆▲□]\s*|文[/／]|图[/／]|记者[\s：:]|通讯员[\s：:]|作者[：:\s]|撰稿|摄影[：:\s]|本报(?:首席)?(?:记者|通讯员|评论员|特约)|特约(?:评论员|记者|通讯员)|《[^》]{2,12}》\s*特约评论员|[（(](?:作者|执笔))/u

export const EDITOR = /^(?:责任编辑|本版编辑|编辑|责编|校对|版式|美编|审核|统筹)[：:\s]/u

/** The head of a list of names: 调研组成员：, 课题组成员：, 执笔：. */
export const ROSTER =
  /^(?:[\p{Script=Han}]{0,8}(?:调研|课题|考察|工作|专题|起草)[\p{Script=Han}]{0,4}组?(?:成员|人员)|执笔人?|课题负责人)[：:]/u

export const TABLE_TITLE = /^表\s*[一二三四五六七八九十\d]{1,3}\s*[：:　 ]/u
export const DATA_SOURCE = /^(?:数据|资料)来源[：:]/u
export const TABLE_HEAD = /^(?:序\s*号|项\s*目|指\s*标|名\s*称)$/u

/** 一、 （一） 1. 第一章: numbered heads and items. */
export const NUMBERED =
  /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?=\D)|第[一二三四五六七八九十]{1,3}[章条节部])/u

/** 一、: a head of the first level, which often has no full stop. */
export const FIRST_LEVEL = /^[一二三四五六七八九十]{1,3}、/u

/** An item of a list set off by a long dash. */
export const DASHED = /^[—－―─-]{2,}/u

export const PAGE_NUMBER =
  /^(?:[-—·]?\s*\d{1,3}\s*[-—·]?|第\s*[\d一二三四五六七八九十]{1,3}\s*[页版]|[A-D]\d{1,2}版?)$/u
export const ISSUE_MARK = /^\d{4}[.．]\d{1,2}$|^\d{4}年第\d{1,3}期$/u

/** The paper's name or number with a full date, as over a page. */
export const MASTHEAD =
  /^(?=.{6,60}$)(?:(?=.*(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[一二][〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日))(?=.*(?:星期|农历|第.{1,4}版|[A-D]\d{1,2}\s*版?|日报|晚报|总第))|(?=.*\d{4}[-./]\d{1,2}[-./]\d{1,2})(?=.*(?:星期|第.{1,4}版)))[^。，]*$/u
/** Whoever made up the page, and how to reach the desk. */
export const PAGE_CREDITS =
  /^(?=.{4,80}$)(?=.*(?:版式|美编|校对|组版|审读|视觉|电话|邮箱|热线|Tel|E-?mail))(?:责任编辑|责编|编辑|版式|美编|校对|组版|值班|本版|新闻热线|电话|E-?mail)/iu

/** Words in which names of columns end, and signs that they begin with. */
export const COLUMN =
  /(?:之窗|专栏|视点|进行时|系列谈|纵横|聚焦|论坛|看台|广场|的故事.?|之声|访谈|时评|快讯|短波|要闻|专版|专题|风采|在线|天地|之约|热线|速递|观察|一线|新闻|特写)\s*[①-⑳\d]*$|^[△▲◇◆○●☆★]/u

/** The sign that points from a caption to its picture. */
export const POINTER = /^(?:[▲△▼▽◀▶]|图为)/u

/** Whether a line can only begin something new, even after an unfinished one. */
export const startsAnew = (text: string): boolean =>
  LEAD.test(text) ||
  /^[■●◆▲□△]/u.test(text) ||
  EDITOR.test(text) ||
  ROSTER.test(text) ||
  TABLE_TITLE.test(text) ||
  DATA_SOURCE.test(text)

/** Whether a line begins something new where the one before it is finished. */
export const mayStartAnew = (text: string): boolean =>
  BYLINE.test(text) || NUMBERED.test(text) || DASHED.test(text)
