import { describe, expect, test } from 'vitest'
import { type Scope, gather } from '../../../src/answer/context/gather.ts'
import type { Passage } from '../../../src/corpus.ts'
import { understand } from '../../../src/retrieval/understand.ts'
import { passage } from '../../support/paper-passages.ts'

const ANYWHERE: Scope = { places: { paths: [], firm: false }, years: [] }
const scopeOf = (question: string, place?: string): Scope =>
  understand({ question, ...(place && { place }) }, { today: '2023-06-01' })

/** An article's passages in reading order, its head first. */
function article(id: string, texts: readonly string[], over: Partial<Passage> = {}): Passage[] {
  return texts.map((text, n) =>
    passage(text, { id: `${id}-${n}`, articleId: id, n, part: n === 0 ? 'head' : 'body', ...over }),
  )
}
const long = (words: string) => `${words}${'摊位很多而且客流很大'.repeat(15)}。`

interface Asked {
  readonly scope?: Scope
  readonly budget?: number
}

/** The passages that a context has, by their ids; `ranked` are ids, best first. */
async function gathered(
  articles: readonly Passage[][],
  ranked: readonly string[],
  { scope = ANYWHERE, budget }: Asked = {},
) {
  const all = articles.flat()
  const context = await gather(
    ranked.map((id) => all.find((one) => one.id === id)!),
    scope,
    {
      passages: async (id) => all.filter(({ articleId }) => articleId === id),
      ...(budget && { budget }),
    },
  )
  const sentences = context.articles.flatMap((one) => one.sentences)
  return { context, sentences, ids: [...new Set(sentences.map((s) => s.passage.id))] }
}

describe('what an answer is picked from', () => {
  const MARKET = article('m', ['东关夜市开市', ...['一', '二', '三', '四'].map(long)])
  const FLOWERS = article('f', ['西关花市', long('花市')])

  test('stands article by article, the best first, each in reading order', async () => {
    const { ids, context } = await gathered([MARKET, FLOWERS], ['m-3', 'f-1', 'm-1'])
    expect(ids).toEqual(['m-0', 'm-1', 'm-3', 'f-0', 'f-1'])
    expect(context.articles.map(({ articleId }) => articleId)).toEqual(['m', 'f'])
  })

  test('has each passage once', async () => {
    const { sentences } = await gathered([MARKET], ['m-3', 'm-3', 'm-0'])
    expect(sentences.map((s) => s.passage.id)).toEqual(['m-0', 'm-3'])
  })

  test('is nothing where nothing was found', async () => {
    expect((await gathered([], [])).context.size).toBe(0)
  })

  test('has no passage whose article is gone from the index', async () => {
    const gone = passage('夜市有摊位860个。', { id: 'x' })
    const context = await gather([gone], ANYWHERE, { passages: async () => [] })
    expect(context.size).toBe(0)
  })

  test('has heads that are short', async () => {
    const credits = article('c', [long('调研组成员'), long('一')])
    expect((await gathered([credits], ['c-1'])).ids).toEqual(['c-1'])
  })

  test('has short neighbours, which complete it', async () => {
    const list = article('l', ['夜市', long('一'), '二是减免费用。', long('三'), '四是增设公厕。'])
    expect((await gathered([list], ['l-3'])).ids).toEqual(['l-0', 'l-2', 'l-3', 'l-4'])
    expect((await gathered([list], ['l-2'])).ids).toEqual(['l-0', 'l-2'])
  })

  test('has no neighbours from under another heading', async () => {
    const under = (subhead: string, of: Passage) => ({ ...of, subhead })
    const [head, one, two] = article('s', ['夜市', '一是减免费用。', long('二')])
    const parts = [head!, under('（一）费用', one!), under('（二）客流', two!)]
    expect((await gathered([parts], ['s-2'])).ids).toEqual(['s-0', 's-2'])
  })

  test('knows the section above a heading of the lower rank', async () => {
    const headings = [null, '二、存在问题', '（一）太小', '三、对策建议', '（一）扩建']
    const report = article('r', ['夜市', ...['一', '二', '三', '四'].map(long)]).map((one, i) => ({
      ...one,
      subhead: headings[i]!,
    }))
    const { sentences } = await gathered([report], ['r-2', 'r-4'])
    expect(sentences.map(({ section }) => section)).toEqual([null, '二、存在问题', '三、对策建议'])
  })
})

describe('the budget', () => {
  const ARTICLES = ['a', 'b', 'c'].map((id) => article(id, ['夜市', long(id)]))

  test('holds the best; what goes over is passed over for what still fits', async () => {
    const short = article('d', ['花市', '花市有摊位120个。'])
    const { ids } = await gathered([...ARTICLES, short], ['a-1', 'b-1', 'c-1', 'd-1'], {
      budget: 330,
    })
    expect(ids).toEqual(['a-0', 'a-1', 'b-0', 'b-1', 'd-0', 'd-1'])
  })

  test('never shuts out the best', async () => {
    expect((await gathered(ARTICLES, ['b-1', 'a-1'], { budget: 10 })).ids).toEqual(['b-0', 'b-1'])
  })
})

describe('what a question’s place and time exclude stays out', () => {
  const place = { puyang: ['河南省', '濮阳市'], liaocheng: ['山东省', '聊城市'] }
  const PUYANG = article('p', ['濮阳夜市', long('濮阳')], { place: place.puyang })
  const COUNTY = article('t', ['县里夜市', long('县里')], { place: [...place.puyang, '台前县'] })
  const LIAOCHENG = article('l', ['夜市', long('摊位')], { place: place.liaocheng })
  const NOWHERE = article('n', ['夜市', long('摊位')])
  const ranked = ['l-1', 'p-1', 't-1', 'n-1']
  const articlesIn = async (scope: Scope, more: Passage[][] = []) => {
    const all = [PUYANG, COUNTY, LIAOCHENG, NOWHERE, ...more]
    const found = await gathered(all, [...ranked, ...more.map(([, body]) => body!.id)], { scope })
    return found.context.articles.map(({ articleId }) => articleId)
  }

  test('another place', async () => {
    expect(await articlesIn(scopeOf('濮阳市的夜市有多少摊位？'))).toEqual(['p', 't', 'n'])
  })

  test('but not an article that names the place', async () => {
    const visit = article('v', ['考察', long('濮阳考察团到夜市参观')], { place: place.liaocheng })
    const there = await articlesIn(scopeOf('濮阳市的夜市有多少摊位？'), [visit])
    expect(there).toEqual(['p', 't', 'n', 'v'])
  })

  test('nothing, where the asker only lives there', async () => {
    const scope = scopeOf('夜市有多少摊位？', '濮阳市')
    expect(scope.places.firm).toBe(false)
    expect(await articlesIn(scope)).toEqual(['l', 'p', 't', 'n'])
  })

  test.each<[question: string, articles: string[]]>([
    ['2023年夜市有多少摊位？', ['b', 'c', 'u']],
    ['2022年夜市有多少摊位？', ['b', 'c', 'u', 'a']],
    ['今年夜市有多少摊位？', ['b', 'c', 'u', 'a']],
  ])('what was printed long before: %s', async (question, articles) => {
    const dated = (id: string, value: string | null) =>
      article(id, ['夜市', long(id)], {
        date: { value, printed: null, inferred: false, reason: null },
      })
    const all = [dated('b', '2022-12'), dated('c', '2024'), dated('u', null), dated('a', '2021-05')]
    const found = await gathered(all, ['b-1', 'c-1', 'u-1', 'a-1'], { scope: scopeOf(question) })
    expect(found.context.articles.map(({ articleId }) => articleId)).toEqual(articles)
  })
})
