import { chinaDay } from '../../china-time.ts'
import { toCallbackData } from '../callback-data.ts'
import type { BotDeps } from '../exchange.ts'
import { pageButtons } from '../render/page-buttons.ts'
import { renderComplaints, renderStats, renderUnanswered } from '../render/render-lists.ts'
import type { Outgoing } from '../send/send.ts'

const STAFF_PAGE = 10
const COMPLAINTS_PAGE = 5
const DAY_MS = 24 * 3600 * 1000

/** How the bot is used and how well it answers. */
export async function statsMessage({ store, budget, settings, now }: BotDeps): Promise<Outgoing> {
  const periods = [
    ['24 小时', await store.stats(now() - DAY_MS)],
    ['7 天', await store.stats(now() - 7 * DAY_MS)],
    ['30 天', await store.stats(now() - 30 * DAY_MS)],
  ] as const
  const calls = `今天调用模型 ${await budget.spentOn(chinaDay(now()))} 次，上限 ${settings.modelCallsPerDay} 次`
  return { blocks: [renderStats(periods, calls)] }
}

/** One page of the questions that had no answer. */
export async function unansweredList({ store }: BotDeps, page: number): Promise<Outgoing> {
  const questions = await store.unanswered(STAFF_PAGE + 1, page * STAFF_PAGE)
  const turn = (to: number) => toCallbackData({ kind: 'unanswered', page: to })
  return {
    blocks: [renderUnanswered(questions.slice(0, STAFF_PAGE))],
    keyboard: [pageButtons(page, questions.length > STAFF_PAGE, turn)],
  }
}

/** One page of what readers say is wrong. */
export async function complaintList({ store }: BotDeps, page: number): Promise<Outgoing> {
  const complaints = await store.complaints(COMPLAINTS_PAGE + 1, page * COMPLAINTS_PAGE)
  const turn = (to: number) => toCallbackData({ kind: 'complaints', page: to })
  return {
    blocks: renderComplaints(complaints.slice(0, COMPLAINTS_PAGE)),
    keyboard: [pageButtons(page, complaints.length > COMPLAINTS_PAGE, turn)],
  }
}
