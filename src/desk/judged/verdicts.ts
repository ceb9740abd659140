export const VERDICT_NAMES = ['right', 'wrong', 'refuse', 'answer', 'misread'] as const
export type Verdict = (typeof VERDICT_NAMES)[number]

/** What staff say of an answer, in the order of the keys 1 to 5. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  right: '答得对',
  wrong: '选错了',
  refuse: '不该答',
  answer: '该答没答',
  misread: '原文读错',
}

export const isVerdict = (name: string): name is Verdict => Object.hasOwn(VERDICTS, name)

/** What can be said of a refusal, and of anything else. */
export const verdictsOf = (isRefusal: boolean): readonly Verdict[] =>
  isRefusal ? ['right', 'answer', 'misread'] : ['right', 'wrong', 'refuse', 'misread']

/** A verdict as it is read. `imported` came with a file: nobody said anything of its answer yet. */
export function saidText(said: Verdict | 'imported', isRefusal: boolean): string {
  if (said === 'imported') return '导入'
  return said === 'right' && isRefusal ? '不答是对的' : VERDICTS[said]
}
