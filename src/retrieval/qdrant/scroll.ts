import type { Schemas } from '@qdrant/js-client-rest'
import { asMany } from './as-many.ts'
import type { Ask } from './server.ts'

const PAGE = 1_000

/** All points that agree, page by page, with the payload fields that are named. */
export async function* scroll(
  ask: Ask,
  collection: string,
  filter: Schemas['Filter'],
  fields: string[],
): AsyncGenerator<Schemas['Record']> {
  let limit = PAGE
  let offset: Schemas['ScrollResult']['next_page_offset']
  do {
    const from = typeof offset === 'string' || typeof offset === 'number' ? { offset } : {}
    const page = await asMany('limit', limit, (most) => {
      limit = most
      return ask((client) =>
        client.scroll(collection, { filter, limit, with_payload: fields, ...from }),
      )
    })
    yield* page.points
    offset = page.next_page_offset
  } while (offset !== null && offset !== undefined)
}
