import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import type { Config } from '../config.ts'
import type { RoomName } from '../desk/desk-page.ts'
import type { Room } from '../desk/desk.ts'
import { openDeskDatabase } from '../desk/desk-database.ts'
import { createWordsRoom } from '../desk/words/room.ts'
import type { Logger } from '../log.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'
import { type ServingEngine, openTrial } from './open.ts'
import { wordsFolder } from './saved-words.ts'

export interface DeskRoomsDeps {
  readonly config: Config
  readonly engine: ServingEngine
  /** Read beside the engine. */
  readonly index: PassageIndex
  /** What conversations remember. */
  readonly state: DatabaseSync
  readonly log: Logger
}

/** The rooms of the desk, over what they work with. */
export async function openDeskRooms({ config, engine, log }: DeskRoomsDeps) {
  const db = openDeskDatabase(join(config.WENCE_DATA_DIR, 'desk.sqlite'), {
    onNotice: (notice) => log.error(notice),
  })
  const words = createWordsRoom({
    db,
    folder: wordsFolder(config),
    openTrial: (folder) => openTrial(config, folder, log),
    takeUpWords: engine.takeUpWords,
    judgedQuestions: () => [],
  })
  const rooms = new Map<RoomName, Room>([['words', words.room]])
  return {
    rooms,
    async close() {
      await words.close()
      db.close()
    },
  }
}
