import { asksTheSame } from '../retrieval/follow-up/asks-the-same.ts'
import type { Follow } from '../stores/follows.ts'
import { soughtIn } from './sought-in.ts'

/** That somebody wants to end what is followed; which, unless they have to be told how to say that. */
export interface Ending {
  readonly followed: Follow | undefined
}

/** 取消业务 is a matter as it stands; 取消 alone, or before one, or before its number, is not. */
const END = /^取消(?:\s+|(?=\d+$)|$)/u

/** What of a list somebody ends, as they wrote it: 取消 1, or 取消 主题 [地区]; nothing where they end nothing. */
export function endingIn(written: string, listed: readonly Follow[]): Ending | undefined {
  const plain = written.trim().normalize('NFKC')
  if (!END.test(plain)) return undefined
  const named = plain.replace(END, '')
  if (/^\d+$/.test(named)) return { followed: listed[Number(named) - 1] }
  const sought = soughtIn(named, null)
  const same = listed.filter(({ topic }) =>
    [named, sought?.topic ?? named].some((words) => asksTheSame(topic, words)),
  )
  const [followed, ...others] = sought?.place
    ? same.filter(({ place }) => place === sought.place)
    : same
  return { followed: others.length === 0 ? followed : undefined }
}
