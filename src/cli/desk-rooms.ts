import type { DatabaseSync } from 'node:sqlite'
import type { Config } from '../config.ts'
import { createConversationStore } from '../conversation/conversation-store.ts'
import { whenFree } from '../database/when-free.ts'
import type { RoomName } from '../desk/desk-page.ts'
import type { Room } from '../desk/desk.ts'
import { inboxRoom } from '../desk/inbox/inbox.ts'
import type { Engine } from '../engine/engine.ts'
import type { Logger } from '../log.ts'
import type { PassageIndex } from '../retrieval/passage-index.ts'

export interface DeskRoomsDeps {
  readonly config: Config
  readonly engine: Engine
  /** Read beside the engine. */
  readonly index: PassageIndex
  /** What conversations remember. */
  readonly state: DatabaseSync
  readonly log: Logger
}

/** The rooms of the desk, over what they work with. */
export async function openDeskRooms({ config, state }: DeskRoomsDeps) {
  const keepDays = config.KEEP_QUESTIONS_DAYS
  const store = keepDays > 0 ? createConversationStore(state, { keepQuestions: true }) : undefined
  const rooms = new Map<RoomName, Room>([
    ['inbox', inboxRoom({ store, keepDays, write: (work) => whenFree(state, work) })],
  ])
  return {
    rooms,
    async close() {},
  }
}
