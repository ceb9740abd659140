/** Qdrant nodes of one's own on the loopback, as one cluster. */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { freePort } from '../../src/cli/bench/free-port.ts'
import { type StartedQdrant, startQdrant } from '../../src/cli/bench/start-qdrant.ts'

const Shard = z.object({ shard_id: z.int(), state: z.string() })
const Shards = z.object({
  result: z.object({
    local_shards: z.array(Shard.extend({ points_count: z.int() })),
    remote_shards: z.array(Shard),
  }),
})
const Aliases = z.object({
  result: z.object({ aliases: z.array(z.object({ collection_name: z.string() })) }),
})

export type Cluster = Awaited<ReturnType<typeof startCluster>>

export async function startCluster(binary: string, folder: string, size = 3) {
  const ports = await Promise.all(
    Array.from({ length: size }, async () => [await freePort(), await freePort()] as const),
  )
  const uris = ports.map(([, peer]) => `http://127.0.0.1:${peer}`)
  const urls = ports.map(([http]) => `http://127.0.0.1:${http}`)
  const nodes: (StartedQdrant | undefined)[] = []

  async function start(i: number): Promise<void> {
    const [http, peer] = ports[i]!
    nodes[i] = await startQdrant(binary, join(folder, `node${i + 1}`), {
      env: {
        QDRANT__CLUSTER__ENABLED: 'true',
        QDRANT__CLUSTER__P2P__PORT: String(peer),
        QDRANT__SERVICE__HTTP_PORT: String(http),
      },
      args: ['--uri', uris[i]!, ...(i > 0 ? ['--bootstrap', uris[0]!] : [])],
    })
  }

  async function end(i: number, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await nodes[i]?.end(signal)
    nodes[i] = undefined
  }

  /** What a node knows of the shards of the collection, and holds itself. */
  async function shards(i: number) {
    const ask = async (path: string) => (await fetch(`${urls[i]}${path}`)).json()
    const { aliases } = Aliases.parse(await ask('/aliases')).result
    const name = aliases[0]!.collection_name
    return Shards.parse(await ask(`/collections/${name}/cluster`)).result
  }

  const isWhole = (i: number) =>
    shards(i).then(
      ({ local_shards: own, remote_shards: others }) =>
        [...own, ...others].every(({ state }) => state === 'Active'),
      () => false,
    )

  for (const i of ports.keys()) await start(i)
  return {
    urls,
    start,
    end,
    hang: (i: number) => nodes[i]?.signal('SIGSTOP'),
    goOn: (i: number) => nodes[i]?.signal('SIGCONT'),
    memoryMb: () => nodes.map((node) => node?.memoryMb().all ?? 0),
    /** Waits until every node holds every shard active. */
    async whole(): Promise<void> {
      for (const i of ports.keys()) while (!(await isWhole(i))) await sleep(100)
    },
    /** Of each shard how many points each of its replicas holds. */
    async points(): Promise<string[]> {
      const held = await Promise.all(ports.map((_, i) => shards(i)))
      const all = held.flatMap(({ local_shards: own }) => own)
      return [...Map.groupBy(all, ({ shard_id: id }) => id).values()].map((replicas) =>
        replicas.map(({ points_count: count }) => count).join(' = '),
      )
    },
    async [Symbol.asyncDispose]() {
      for (const i of ports.keys()) await end(i)
    },
  }
}
