import type { Notice } from '../../corpus.ts'
import type { FailureReason } from '../../endpoint-call.ts'

export type { FailureReason }

/** `detail` is one English sentence for the log; it repeats no key, no prompt and no answer. */
export interface Failure {
  readonly status: 'failed'
  readonly reason: FailureReason
  readonly detail: string
}

export function failure(reason: FailureReason, detail: string): Failure {
  return { status: 'failed', reason, detail }
}

/** What the reader is told where what the model wrote broke off: nothing more is known to be missing. */
export const CUT_OFF_NOTICE: Notice = {
  kind: 'degraded',
  text: '模型的回答没有写完，可能不全。',
  citations: [],
}

const LATE = '模型没有及时回答，这次按字词选句。'
const DOWN = '模型暂时用不了，这次按字词选句。'
const unusable = (why: string) => `模型没有给出可用的回答${why}，这次按字词选句。`
const UNUSABLE = unusable('')

const NOTICES: Record<FailureReason, string> = {
  budget: '今天的模型额度已用完，这次按字词选句。',
  aborted: LATE,
  timeout: LATE,
  silence: LATE,
  unreachable: DOWN,
  unauthorized: DOWN,
  rate_limited: DOWN,
  server_error: DOWN,
  bad_request: DOWN,
  cut: UNUSABLE,
  refused: unusable('（内容审查）'),
  too_long: unusable('（超出长度）'),
  too_much_sent: unusable('（超出长度）'),
  empty: UNUSABLE,
  malformed: UNUSABLE,
  unverified: UNUSABLE,
}

/** What the reader is told when the machine chose the sentences because the model did not. */
export function degradedNotice({ reason }: Pick<Failure, 'reason'>): Notice {
  return { kind: 'degraded', text: NOTICES[reason], citations: [] }
}
