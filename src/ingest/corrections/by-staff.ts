import type { Correction } from '../../correction.ts'

/** What is noted of an article that staff corrected. */
export const BY_STAFF: Readonly<Record<Correction['what'], string>> = {
  headline: '标题由工作人员校正',
  kind: '类别由工作人员校正',
  date: '日期由工作人员校正',
  place: '地点由工作人员校正',
  split: '由工作人员从上一篇拆出',
  join: '由工作人员与下一篇合并',
}

const ALL: ReadonlySet<string> = new Set(Object.values(BY_STAFF))

/** Whether a note says that, and no doubt. */
export const isByStaff = (note: string): boolean => ALL.has(note)
