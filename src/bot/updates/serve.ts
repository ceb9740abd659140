import { setTimeout as sleep } from 'node:timers/promises'
import { GrammyError } from 'grammy'
import type { InlineQuery, Update } from 'grammy/types'
import { isUnwritable } from '../../database/errors.ts'
import type { Logger } from '../../log.ts'
import type { Clock } from '../../clock.ts'
import { type TelegramBot, abortedChat } from '../create-bot.ts'
import type { Disk } from './disk.ts'
import { writtenIn } from '../incoming/edits.ts'
import type { Answering, BotSettings } from '../exchange.ts'
import type { Inbox, Stored } from './inbox.ts'
import { type Lanes, createLanes } from './lanes.ts'
import { moveIn } from '../incoming/moves.ts'
import { createPastes } from './pastes.ts'
import type { Holds } from '../send/holds.ts'
import { plainError } from '../plain-error.ts'
import { SHUTS, askedWaitMs, refusalOf } from '../send/refusals.ts'
import type { Self } from '../incoming/said.ts'
import { authorOf } from '../incoming/sender.ts'
import { TOO_OLD_MS } from '../incoming/too-old.ts'
import { type Served, serving } from '../../served.ts'
import { wellFormed } from '../../code-points.ts'

export interface ServeDeps {
  readonly bot: TelegramBot
  readonly me: Self
  readonly inbox: Inbox
  readonly disk: Disk
  readonly answering: Answering
  readonly holds: Pick<Holds, 'mayWrite'>
  readonly settings: Pick<BotSettings, 'streams'>
  readonly log: Logger
  /** The name of an update in the log, the same however often its answer is begun. */
  readonly requestOf: (updateId: number) => string
  readonly clock: Pick<Clock, 'now' | 'isAtLeast'>
  /** How long what is to be said waits first when Telegram does not say how long. */
  readonly againMs?: number
  /** How long Telegram may fail inside at what is to be said to one update: that may be what it fails at. */
  readonly patienceMs?: number
}

/**
 * So many are worked on at a time: what begins counts as begun when the process ends. Where this
 * machine does the work more would only come later; waiting for a model costs it nothing.
 */
const MOST_IN_FLIGHT = { words: 8, model: 32 } as const

/** Who was being answered when the process ended so often is answered beside no other like it: one of them may be what ends it. */
const ALONE_FROM = 2

/** An update whose answer was begun so often and never finished ends the process each time. */
const MOST_BEGUN = 3

/** What waits for Telegram, and is not told how long, is tried so often at least. */
const LONGEST_MS = 30_000

/**
 * Takes updates in and has them answered: of one chat in order, of several side by side. Each is
 * stored before it is acknowledged and until all that is said to it has arrived; what is said is
 * worked out whole and noted, then sent.
 */
export function createServe({
  bot,
  me,
  inbox,
  disk,
  answering,
  holds,
  settings,
  log,
  requestOf,
  clock,
  againMs = 250,
  patienceMs = TOO_OLD_MS,
}: ServeDeps) {
  const pastes = createPastes({ pass: enqueue, me })
  const lanes: Lanes = createLanes(MOST_IN_FLIGHT[settings.streams ? 'model' : 'words'])
  /** What keeps no order. */
  const aside = createLanes(Number.POSITIVE_INFINITY)
  /** The update of each message in flight, the latest that is to be answered. */
  const newest = new Map<string, Update>()
  let closed = false
  const cutShort = new AbortController()

  function enqueue(stored: Stored): void {
    const { update, begun, isPlanned } = stored
    const isForUs = isPlanned || bot.concerns(update)
    const alone = begun >= ALONE_FROM && !isPlanned
    noteEdit(update)
    const move = moveIn(update)
    if (move) answering.move(move)
    const chat = abortedChat(update, me.username)
    if (chat !== undefined) {
      const userId = update.message && authorOf(update.message)
      answering.abort(
        chat,
        userId === undefined ? undefined : { userId, updateId: update.update_id },
      )
    }
    const done = isForUs
      ? lanes.run(
          laneOf(update),
          (free) => serving(servedOf(update), () => serveOne(stored, free)),
          { alone },
        )
      : aside.run(update.update_id, () => pass(stored))
    done
      .catch((error: unknown) =>
        log.error({ update: update.update_id, err: plainError(error) }, 'the inbox failed'),
      )
      .finally(() => {
        answering.done(update.update_id)
        if (newest.get(keyOf(update)) === update) newest.delete(keyOf(update))
      })
  }

  const servedOf = ({ update_id: id }: Update): Served => ({
    request: requestOf(id),
    door: 'telegram',
  })

  /** An edit that will be answered spares us the answer to what the message said before, if that is still to come. */
  function noteEdit(update: Update): void {
    if (!writtenIn(update)) return
    const before = newest.get(keyOf(update))
    if (before && !bot.supersedes(update, before)) return
    if (before) answering.supersede(before.update_id)
    newest.set(keyOf(update), update)
  }

  /** Beside all that keeps an order. */
  function offer(id: number, query: InlineQuery): void {
    if (closed) return
    aside
      .run(id, () => serving({ request: requestOf(id), door: 'inline' }, () => bot.offer(query)))
      .catch((error: unknown) => log.error({ update: id, err: plainError(error) }, 'not offered'))
  }

  /** What a group says among its people waits for nothing that is said to it. */
  async function pass({ update: { update_id: id }, parts = [] }: Stored): Promise<void> {
    await disk.patiently(() => {
      for (const one of [id, ...parts.map((part) => part.update_id)]) inbox.end(one, 'answered')
    })
  }

  async function serveOne(stored: Stored, free: () => void): Promise<void> {
    if (closed) return
    const { update } = stored
    const id = update.update_id
    try {
      await plan(stored)
      // From here on it only waits for Telegram.
      free()
      await deliver(update)
      await disk.patiently(() => inbox.end(id, 'answered'))
    } catch (error) {
      if (isUnwritable(error) || (cutShort.signal.aborted && mayYetArrive(error))) {
        log.warn(
          { update: id },
          'cut short by the end of the process; it is answered at the next start',
        )
        return
      }
      if (cannotBeWrittenTo(error))
        log.info({ update: id, err: plainError(error) }, 'not answered: they cannot be written to')
      else log.error({ update: id, err: plainError(error) }, 'not answered')
      await disk.patiently(() => inbox.end(id, 'failed'))
    }
  }

  /** Works out what is said, unless an earlier process did. */
  async function plan({ update, begun, isPlanned, parts = [] }: Stored): Promise<void> {
    const id = update.update_id
    if (isPlanned) {
      log.warn(
        { update: id },
        'the rest of it is sent; the message that was in flight may come twice',
      )
      return
    }
    if (begun > 0) log.warn({ update: id, begun }, 'answered again after an interruption')
    if (begun >= MOST_BEGUN)
      log.error({ update: id, begun }, 'given up: the process ended each time this was answered')
    const messages =
      begun >= MOST_BEGUN
        ? bot.giveUp(update)
        : await disk.patiently(() => (inbox.begin(id, begun + 1) ? bot.answer(update, parts) : []))
    if (messages.length + parts.length > 0)
      await disk.patiently(() => inbox.plan(id, messages, parts))
  }

  /** What Telegram does not take yet waits for as long as the process lives; others are not held up. */
  async function deliver(update: Update): Promise<void> {
    const { signal } = cutShort
    const began = performance.now()
    for (let tries = 0; ; tries++) {
      try {
        return await bot.deliver(update)
      } catch (error) {
        const isOver = failsInside(error) && performance.now() - began > patienceMs
        if (!mayYetArrive(error) || isOver || signal.aborted) throw error
        const delayMs = askedWaitMs(error) ?? Math.min(LONGEST_MS, againMs * 2 ** tries)
        log.warn({ update: update.update_id, err: plainError(error), delayMs }, 'not sent yet')
        await sleep(delayMs, undefined, { signal }).catch(() => {})
      }
    }
  }

  return {
    /**
     * Stores updates, has the new ones answered and gives how many those are; when it resolves, all may be acknowledged.
     * @throws what SQLite throws, then none is stored; and what the disk does.
     */
    async take(updates: readonly Update[]): Promise<number> {
      for (const { message } of updates) if (message) clock.isAtLeast(message.date * 1000)
      const fresh = inbox.accept(wellFormed(updates), clock.now())
      for (const update of fresh) {
        if (update.inline_query) offer(update.update_id, update.inline_query)
        else pastes.add({ update, begun: 0, isPlanned: false })
      }
      await inbox.synced()
      return fresh.length
    },
    /**
     * Answers what an earlier process left: first what only has to be sent, then whom it had not begun
     * with, so that nobody waits for what may end this one too.
     */
    resume(): void {
      const { left, unreadable } = inbox.open()
      for (const id of unreadable) {
        log.error({ update: id }, 'set aside: what is stored of it cannot be read')
        disk
          .patiently(() => inbox.end(id, 'failed'))
          .catch((error: unknown) =>
            log.error({ update: id, err: plainError(error) }, 'still there'),
          )
      }
      if (left.length > 0)
        log.info({ updates: left.length }, 'answering what was left when the process ended')
      // Of a chat only the first can have been begun, so the order within it stays.
      const lanesLeft = Map.groupBy(left, ({ update }) => laneOf(update))
      const risk = (lane: readonly Stored[]) => (lane[0]!.isPlanned ? -1 : lane[0]!.begun)
      for (const lane of [...lanesLeft.values()].toSorted((a, b) => risk(a) - risk(b)))
        for (const stored of lane) pastes.add(stored)
    },
    /** How many updates wait for us. What waits for a chat in which Telegram lets nothing be written is not among them. */
    size: () => lanes.size(holds.mayWrite) + pastes.size(),
    /** Begins nothing more and resolves when what was begun is done. */
    async drain(): Promise<void> {
      closed = true
      pastes.close()
      await Promise.all([lanes.idle(), aside.idle()])
    },
    /** From now on what fails for want of time stays in the inbox. */
    cutShort: () => cutShort.abort(),
  }
}

export type Serve = ReturnType<typeof createServe>

/** Updates without a chat have nothing to keep an order with. */
function laneOf({
  update_id,
  message,
  edited_message,
  callback_query,
  my_chat_member,
  message_reaction,
  stopped_message_generation,
}: Update): number {
  const chat = (
    message ??
    edited_message ??
    callback_query?.message ??
    my_chat_member ??
    message_reaction ??
    stopped_message_generation
  )?.chat
  return chat?.id ?? update_id
}

/** What names a message among those in flight. */
function keyOf(update: Update): string {
  const message = writtenIn(update)
  return message ? `${message.chat.id} ${message.message_id}` : ''
}

function mayYetArrive(error: unknown): boolean {
  const refusal = refusalOf(error)
  return refusal === 'passing' || refusal === 'token'
}

const failsInside = (error: unknown) => error instanceof GrammyError && error.error_code >= 500

function cannotBeWrittenTo(error: unknown): boolean {
  const refusal = refusalOf(error)
  return refusal === 'topic' || SHUTS.has(refusal)
}
