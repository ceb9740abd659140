import { Question } from '../../corpus.ts'
import { parseJson } from '../../parse-json.ts'

/**
 * Questions that wait to be judged, one after the other. In memory alone: they may be readers' own, and
 * those are kept nowhere but where they are forgotten in time.
 */
export function createQueue() {
  const waiting = new Map<number, { readonly question: Question; readonly isKept: IsKept }>()
  let last = 0
  const clearGone = async () => {
    for (const [n, { question, isKept }] of waiting)
      if (!(await isKept(question))) waiting.delete(n)
  }
  return {
    /** Adds questions that do not wait yet; each waits as long as `isKept` says that it may. */
    add(questions: readonly Question[], isKept: IsKept = async () => true): void {
      const known = new Set([...waiting.values()].map((one) => JSON.stringify(one.question)))
      for (const question of questions) {
        if (!known.has(JSON.stringify(question))) waiting.set(++last, { question, isKept })
      }
    },
    /** The next question behind one, by its number; the first again behind the last; nothing when none waits. */
    async after(
      n: number,
    ): Promise<{ readonly n: number; readonly question: Question } | undefined> {
      await clearGone()
      const numbers = [...waiting.keys()]
      const next = numbers.find((one) => one > n) ?? numbers[0]
      return next === undefined ? undefined : { n: next, question: waiting.get(next)!.question }
    },
    done: (n: number): void => void waiting.delete(n),
    async size(): Promise<number> {
      await clearGone()
      return waiting.size
    },
    clear: (): void => waiting.clear(),
  }
}

type IsKept = (question: Question) => Promise<boolean>

export type Queue = ReturnType<typeof createQueue>

/**
 * Questions from a text: one a line, each a question as typed or one as JSON, as `ask --jsonl` takes it.
 * @throws Error with one sentence that names the line that is neither.
 */
export function readQuestions(text: string): Question[] {
  return text.split('\n').flatMap((line, i): Question[] => {
    const typed = line.trim()
    if (typed === '') return []
    if (!typed.startsWith('{')) return [{ question: typed }]
    const parsed = Question.safeParse(parseJson(typed))
    if (!parsed.success) throw new Error(`第 ${i + 1} 行不是问题：应是一句话，或 {"question": …}。`)
    return [parsed.data]
  })
}
