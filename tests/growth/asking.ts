import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAnswer } from '../../src/answer/answer.ts'
import { createCheckClaim } from '../../src/answer/claims/check-claim.ts'
import { createPickByWeights } from '../../src/answer/pick/learned/pick.ts'
import { readArticles } from '../../src/ingest/read-articles.ts'
import { openEmbeddedIndex } from '../../src/retrieval/embedded-index.ts'
import { createRetrieve } from '../../src/retrieval/retrieve.ts'
import { FORMATS, SENTENCE } from './formats.ts'

const DATE = '2024-06-01'
const ASKED = '县里对安装节水器具的居民给予奖励吗？'
const BEFORE = [
  { question: '高铁片区的厂子怎么接电？', answer: '即插即用，无需承担费用。' },
  { question: ASKED, answer: SENTENCE },
]

export const WAYS = [
  'question',
  'question within',
  'follow-up',
  'history',
  'claim',
  'claim within',
] as const
type Way = (typeof WAYS)[number]

/** What is asked and claimed of a small index, as ways to read a text of any kind. */
export async function openAsking() {
  const folder = mkdtempSync(join(tmpdir(), 'wence-asking-'))
  const index = openEmbeddedIndex(join(folder, 'index.sqlite'))
  const retrieve = createRetrieve({ index, today: DATE })
  const passages = (id: string) => index.passages(id)
  const answer = createAnswer({ retrieve, passages, pickByWords: createPickByWeights() })
  const checkClaim = createCheckClaim({ retrieve, passages })

  async function print(name: string, text: string | Uint8Array): Promise<void> {
    const file = join(folder, name)
    writeFileSync(file, text)
    for await (const read of readArticles(file, name, () => {}))
      await index.put(name, read.articles, read.passages)
  }
  await print('paper.txt', FORMATS['whole.txt']!('申请人凭身份证到镇里登记。'))

  const ways: Readonly<Record<Way, (text: string) => Promise<unknown>>> = {
    question: (question) => answer({ question, date: DATE }),
    'question within': (text) => answer({ question: `县里对居民${text}给予奖励吗？`, date: DATE }),
    'follow-up': (question) => answer({ question, history: BEFORE, date: DATE }),
    history: (text) =>
      answer({
        question: '那要交多少钱？',
        history: [...BEFORE, { question: text, answer: text }],
        date: DATE,
      }),
    claim: (claim) => checkClaim({ claim }),
    'claim within': (text) => checkClaim({ claim: `县里从本月起对居民${text}给予奖励。` }),
  }
  return {
    ways,
    print,
    /** An article that has been printed, as it is told and claimed. */
    async tell() {
      const told = await answer({ question: ASKED, date: DATE })
      await checkClaim({ claim: SENTENCE.replace('年底', '月底') })
      return told
    },
    async close() {
      await index.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
