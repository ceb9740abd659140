import { mkdirSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../config.ts'
import { readAddressList } from '../ingest/fetch/address-list.ts'
import { PRODUCT, createAskPolitely } from '../ingest/fetch/ask-politely.ts'
import { openAsked } from '../ingest/fetch/asked.ts'
import { type FetchDeps, fetchAddresses } from '../ingest/fetch/fetch-addresses.ts'
import { type GetDeps, createGet } from '../ingest/fetch/get.ts'
import { ADDRESS_LIST } from '../ingest/find-files.ts'
import type { Say } from '../ingest/watch/watch-folders.ts'
import { messageOf } from '../message-of.ts'

/** A list of addresses is a page or two; more is another file that is named so. */
const MOST_BYTES = 5_000_000

const MINUTE_MS = 60_000

/** Where fetched pages are kept: what was on the web then, which nobody else has. */
export function fetchedFolder({ WENCE_DATA_DIR }: Config): string {
  const folder = join(WENCE_DATA_DIR, 'fetched')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** For tests alone, which ask servers of their own. */
export interface FetchTimes extends Pick<GetDeps, 'isReachable'> {
  readonly betweenMs?: number
  readonly everyMs?: number
  readonly lookMs?: number
}

/** Fetches what the lists in watched folders name, until told to stop. */
export async function watchAddresses(
  config: Config,
  folders: readonly string[],
  { warn, info, ...deps }: Pick<FetchDeps, 'info' | 'warn' | 'onState' | 'signal'>,
  { isReachable, betweenMs, everyMs, lookMs }: FetchTimes = {},
): Promise<void> {
  const lists = createLists(folders, warn)
  const about = config.PUBLIC_URL ? ` (+${config.PUBLIC_URL})` : ''
  const get = createGet({
    userAgent: `${PRODUCT}/${manifest.version}${about}`,
    proxyFor: (protocol) => (protocol === 'https:' ? config.HTTPS_PROXY : config.HTTP_PROXY),
    ...(isReachable && { isReachable }),
  })
  const asked = openAsked(join(config.WENCE_DATA_DIR, 'fetch.sqlite'), (notice) => warn({}, notice))
  try {
    await fetchAddresses({
      ...deps,
      info,
      warn,
      listed: lists.read,
      asked,
      askPolitely: createAskPolitely({
        get,
        isOwnPort: ({ host }) => lists.hosts().has(host),
        ...(betweenMs !== undefined && { betweenMs }),
      }),
      folder: fetchedFolder(config),
      everyMs: everyMs ?? config.FETCH_EVERY_MINUTES * MINUTE_MS,
      ...(lookMs !== undefined && { lookMs }),
    })
  } finally {
    asked.close()
  }
}

/** The lists, read again when they change; what in them is no address is told once. */
function createLists(folders: readonly string[], warn: Say) {
  const known = new Map<string, { stamp: string; addresses: readonly string[] }>()
  const told = new Set<string>()
  const tell = (file: string, sentence: string) => {
    if (!told.has(sentence)) warn({ file }, sentence)
    told.add(sentence)
  }
  const addresses = () => [...new Set([...known.values()].flatMap((list) => list.addresses))]

  async function look(file: string) {
    const found = await stat(file).catch(() => undefined)
    if (!found?.isFile() || found.size > MOST_BYTES) return void known.delete(file)
    const stamp = `${found.size} ${found.mtimeMs} ${found.ino}`
    if (known.get(file)?.stamp === stamp) return
    try {
      const list = readAddressList(await readFile(file), file)
      for (const fault of list.faults) tell(file, fault)
      known.set(file, { stamp, addresses: list.addresses })
    } catch (error) {
      tell(file, messageOf(error))
    }
  }

  return {
    read: async () => {
      for (const folder of folders) await look(join(folder, ADDRESS_LIST))
      return addresses()
    },
    /** The sites that they name, with their ports. */
    hosts: () => new Set(addresses().map((address) => new URL(address).host)),
  }
}
