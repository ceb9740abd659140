import { join } from 'node:path'
import type { Config } from '../config.ts'
import type { Question } from '../corpus.ts'
import type { State } from '../stores/state.ts'
import { articlesRoom } from '../desk/articles/articles-room.ts'
import { askRoom } from '../desk/ask/ask-room.ts'
import { createQueue } from '../desk/ask/queue.ts'
import { keepDeskCopy, openDeskDatabase } from '../desk/desk-database.ts'
import type { RoomName } from '../desk/desk-page.ts'
import type { Room } from '../desk/desk.ts'
import { inboxRoom } from '../desk/inbox/inbox.ts'
import { judgedRoom } from '../desk/judged/judged-room.ts'
import { createJudgedStore } from '../desk/judged/judged-store.ts'
import { createRunStore } from '../desk/judged/run-store.ts'
import { createRunner } from '../desk/judged/runner.ts'
import { createWordsRoom } from '../desk/words/room.ts'
import type { Logger } from '../log.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { openArticles } from './desk-articles.ts'
import { type ServingEngine, openTrial } from './open.ts'
import { wordsFolder } from './saved-words.ts'

export interface DeskRoomsDeps {
  readonly config: Config
  readonly engine: ServingEngine
  /** Read beside the engine. */
  readonly index: PassageIndex
  readonly state: State
  /** Asked before each call of a model; false when today's budget is spent. */
  readonly spend: () => boolean | Promise<boolean>
  readonly log: Logger
}

/** So many questions that nothing answered are lined up to be judged at once. */
const UNANSWERED = 100

/** The rooms of the desk, over what they work with. */
export async function openDeskRooms({ config, engine, index, state, spend, log }: DeskRoomsDeps) {
  const desk = openDeskDatabase(join(config.WENCE_DATA_DIR, 'desk.sqlite'), {
    onNotice: (notice) => log.error(notice),
  })
  const examine = (question: Question) => engine.examine(question, { spend })
  const passagesOf = (articleId: string) => index.passages(articleId)
  const judged = createJudgedStore(desk)
  const runs = createRunStore(desk)
  const runner = createRunner({ judged, runs, answer: examine, passagesOf, log })
  const words = createWordsRoom({
    db: desk,
    folder: wordsFolder(config),
    openTrial: (folder) => openTrial(config, folder, log),
    takeUpWords: engine.takeUpWords,
    judgedQuestions: () => judged.all().map((one) => one.judged),
    passagesOf,
  })
  const stopCopying = keepDeskCopy(desk, (err) =>
    log.error({ err }, 'no copy of the desk was made'),
  )
  const keepDays = config.KEEP_QUESTIONS_DAYS
  const unanswered = async () =>
    (await state.conversations.unanswered(UNANSWERED, 0)).map(({ question }) => question)
  const articles = openArticles({ config, index, log })
  const rooms = new Map<RoomName, Room>([
    [
      'ask',
      askRoom({
        engine: { ...engine, examine },
        passagesOf,
        judged,
        queue: createQueue(),
        readers: { unanswered, isKept: state.conversations.isKept },
        log,
      }),
    ],
    [
      'inbox',
      inboxRoom({
        state: keepDays > 0 ? state : undefined,
        keepDays,
      }),
    ],
    ['judged', judgedRoom({ judged, runs, runner, engine })],
    [
      'articles',
      articlesRoom({
        ...articles.deps,
        article: (id) => index.article(id),
        passages: passagesOf,
        told: keepDays > 0 ? state.told : undefined,
      }),
    ],
    ['words', words.room],
  ])
  return {
    rooms,
    async close() {
      runner.stop()
      articles.close()
      await words.close()
      stopCopying()
      desk.close()
    },
  }
}
