/** What was asked in the time for which it is kept: the questions that ask the same, as one. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Asked, Conversations } from '../../stores/conversations.ts'
import type { Handled, HandledQuestions, HandledState } from '../../stores/handled.ts'
import { type AskedFor, groupSame } from '../../conversation/same-question.ts'
import type { StaffReplies, StaffReply } from '../../stores/staff-replies.ts'
import type { Answer } from '../../corpus.ts'

/** A question as it was asked and answered. */
export interface Question {
  readonly id: string
  /** By salted hash: to count people, not to be shown. */
  readonly user: string
  readonly typed: string
  readonly asked: AskedFor
  readonly status: Answer['status']
  /** How likely the picker held its answer to be right; null where it picked none. */
  readonly probability: number | null
  readonly at: number
  readonly wrong: readonly { readonly comment: string | null; readonly at: number }[]
  readonly handled: Handled | undefined
  readonly reply: StaffReply | undefined
}

/** Questions that ask the same, the latest first. */
export interface Group {
  readonly questions: readonly [Question, ...Question[]]
  /** As most typed it. */
  readonly title: string
  readonly state: HandledState
  /** What staff noted last, if anything. */
  readonly handled: Handled | undefined
  /** How many of them that was not noted on: they came since. */
  readonly since: number
}

/**
 * Below it an answer is likely wrong. Of 564 answers to questions that the picker had not learned
 * from (CMRC 2018), 20% are below, and of these 36% are wrong; of the others 10% are. Half of all that
 * are wrong are below.
 */
export const DOUBTFUL = 0.7

/** Under what a group is listed. */
export const Tab = z.enum(['unanswered', 'wrong', 'doubtful', 'replies', 'handled', 'all'])
export type Tab = z.infer<typeof Tab>

const isOpen = ({ state, since }: Group) => since > 0 || state === 'new' || state === 'working'
const some = (group: Group, is: (one: Question) => boolean) => group.questions.some(is)
const isDoubtful = ({ probability }: Question) => probability !== null && probability < DOUBTFUL
const lowest = ({ questions }: Group) =>
  Math.min(...questions.map(({ probability }) => probability ?? 1))
const lastSaidWrong = ({ questions }: Group) =>
  Math.max(...questions.flatMap(({ wrong }) => wrong.map(({ at }) => at)))

/** What stands under each tab, and what first. */
const TABS: Readonly<
  Record<Tab, { has: (group: Group) => boolean; key: (group: Group) => number }>
> = {
  unanswered: {
    has: (group) => isOpen(group) && some(group, ({ status }) => status !== 'answered'),
    key: ({ questions }) => -questions.length,
  },
  wrong: {
    has: (group) => isOpen(group) && some(group, ({ wrong }) => wrong.length > 0),
    key: (group) => -lastSaidWrong(group),
  },
  doubtful: { has: (group) => isOpen(group) && some(group, isDoubtful), key: lowest },
  replies: {
    has: (group) => some(group, ({ reply }) => reply?.state === 'open'),
    key: ({ questions }) => questions[0].at,
  },
  handled: { has: (group) => !isOpen(group), key: ({ handled }) => -(handled?.at ?? 0) },
  all: { has: () => true, key: ({ questions }) => -questions[0].at },
}

/** The groups of a tab in its order; ties by who asked last. */
export const groupsOf = (tab: Tab, groups: readonly Group[]): Group[] =>
  groups
    .filter(TABS[tab].has)
    .toSorted(
      (a, b) => TABS[tab].key(a) - TABS[tab].key(b) || b.questions[0].at - a.questions[0].at,
    )

export type Counts = Readonly<Record<Tab, number>>

export function countsOf(groups: readonly Group[]): Counts {
  const count = (tab: Tab) => groups.filter(TABS[tab].has).length
  return {
    unanswered: count('unanswered'),
    wrong: count('wrong'),
    doubtful: count('doubtful'),
    replies: count('replies'),
    handled: count('handled'),
    all: groups.length,
  }
}

/** What never changes of a question once it was answered. */
type Fixed = Pick<Question, 'id' | 'user' | 'typed' | 'asked' | 'status' | 'probability' | 'at'>

/** So many answers are read in some 5 ms; then others have their turn. */
const READ_IN_ONE_TURN = 50

export interface ReadInboxDeps {
  readonly conversations: Pick<Conversations, 'ids' | 'find' | 'saidWrong'>
  readonly handled: Pick<HandledQuestions, 'all'>
  readonly replies: Pick<StaffReplies, 'all'>
}

/** Reads the questions of a store; what was read before is not read again. */
export function createReadInbox({ conversations, handled, replies }: ReadInboxDeps) {
  let known = new Map<string, Fixed>()

  async function fixed(): Promise<Fixed[]> {
    const read = new Map<string, Fixed>()
    let fresh = 0
    for (const id of await conversations.ids()) {
      const before = known.get(id)
      if (!before && ++fresh % READ_IN_ONE_TURN === 0) await nextTurn()
      const one = before ?? fixedOf(await conversations.find(id))
      if (one) read.set(id, one)
    }
    known = read
    return [...read.values()]
  }

  return async function readInbox(): Promise<Group[]> {
    const groups = await groupSame(await fixed(), ({ asked }) => asked)
    const [wrong, made, wanted] = await Promise.all([
      conversations.saidWrong(),
      handled.all(),
      replies.all(),
    ])
    return groups.map(([first, ...more]) => {
      const whole = (one: Fixed): Question => ({
        ...one,
        wrong: wrong.get(one.id) ?? [],
        handled: made.get(one.id),
        reply: wanted.get(one.id),
      })
      return groupOf([whole(first), ...more.map(whole)])
    })
  }
}

function groupOf(questions: Group['questions']): Group {
  const handled = questions.flatMap((one) => one.handled ?? []).toSorted((a, b) => b.at - a.at)[0]
  return {
    questions,
    title: variantsOf(questions)[0]!.typed,
    state: handled?.state ?? 'new',
    handled,
    since: handled ? questions.filter((one) => one.handled === undefined).length : 0,
  }
}

/** In which words a question was asked, and how often in each, the most frequent first. */
export function variantsOf(
  questions: readonly Question[],
): { readonly typed: string; readonly times: number }[] {
  return Array.from(
    Map.groupBy(questions, ({ typed }) => typed),
    ([typed, all]) => ({ typed, times: all.length }),
  ).toSorted((a, b) => b.times - a.times)
}

/** What stages of an answer leave in its trace, as far as it is read here. */
const Traced = z.object({
  retrieve: z
    .object({
      places: z.object({ paths: z.array(z.array(z.string())) }),
      years: z.array(z.object({ year: z.number() })),
      wants: z.array(z.string()),
    })
    .optional()
    .catch(undefined),
  words: z.object({ probability: z.number() }).optional().catch(undefined),
})

function fixedOf(asked: Asked | undefined): Fixed | undefined {
  if (!asked) return undefined
  const { id, user, question, askedAt, answer } = asked
  const stages = Object.fromEntries((answer.trace ?? []).map((one) => [one.stage, one]))
  const { retrieve, words } = Traced.parse(stages)
  // Where a model picked, it is another answer that the words held likely.
  const isByWords = answer.mode === 'words' && answer.status !== 'not_found'
  return {
    id,
    user,
    typed: question,
    asked: {
      question: answer.standalone,
      kind: retrieve?.wants[0],
      places: retrieve?.places.paths ?? [],
      years: retrieve?.years.map(({ year }) => year) ?? [],
    },
    status: answer.status,
    probability: (isByWords ? words?.probability : undefined) ?? null,
    at: askedAt,
  }
}
