import type { DatabaseSync } from 'node:sqlite'
import type { Config } from '../config.ts'
import type { RoomName } from '../desk/desk-page.ts'
import type { Room } from '../desk/desk.ts'
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
export async function openDeskRooms(_deps: DeskRoomsDeps) {
  const rooms = new Map<RoomName, Room>()
  return {
    rooms,
    async close() {},
  }
}
