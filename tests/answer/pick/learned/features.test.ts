import { expect, test } from 'vitest'
import { FEATURES } from '../../../../src/answer/pick/learned/features.ts'
import { type Seen, look } from '../../../../src/answer/pick/learned/look.ts'
import { wantedOf } from '../../../../src/answer/pick/learned/wanted.ts'
import { type Printed, requestFor } from './seen.ts'

function seenIn(
  question: string,
  articles: readonly (string | Printed)[],
  rare?: readonly string[],
): Seen[] {
  const { standalone, retrieved, context } = requestFor(question, articles, rare)
  return look(wantedOf(standalone, retrieved), context, retrieved.results)
}

const value = (name: string, seen: Seen) => FEATURES[name]!(seen)
const Q = '先锋贷的额度是多少？'

/** Of each feature: a question, and articles of which the first sentence has more of it than the second. */
const MORE: readonly [name: string, question: string, articles: readonly (string | Printed)[]][] = [
  ['own', Q, ['先锋贷的额度为50万元。', '全市气温回升。']],
  ['words', Q, ['先锋贷的额度为50万元。', '先进的锋面到来。']],
  ['focus', `市农商行推出的${Q}`, ['额度提高了。', '市农商行推出。']],
  ['topic', Q, ['先锋贷很受欢迎。', '额度提高了。']],
  ['withHead', Q, [{ headline: '先锋贷来了', text: '额度为50万元。' }, '额度为50万元。']],
  ['placesArticle', '濮阳有几家？', [{ headline: '濮阳企业', text: '共3家。' }, '共3家。']],
  [
    'near20',
    Q,
    ['先锋贷额度为50万元。', `先锋贷${'很受大家欢迎和喜爱的'.repeat(4)}额度为50万元。`],
  ],
  ['stretch', Q, ['先锋贷的额度为50万元。', '额度，先锋贷。']],
  ['gives', Q, ['先锋贷为50万元。', '先锋贷很受欢迎。']],
  ['strictNear', Q, ['先锋贷额度为50万元。', '先锋贷很受欢迎，惠及众多养殖户，投资2亿元。']],
  ['strictLacks', Q, ['先锋贷很受欢迎。', '先锋贷额度为50万元。']],
  ['missing', Q, ['全市气温回升。', '先锋贷的额度为50万元。']],
  ['missingFocus', Q, ['先锋贷很受欢迎。', '先锋贷额度为50万元。']],
  ['figures', '2020年有几家？', ['2020年有3家。', '去年有3家。']],
  ['figuresMissing', '2020年有几家？', ['去年有3家。', '2020年有3家。']],
  ['namesMissing', '“先锋贷”是什么？', ['贷款是为了创业。', '先锋贷用于创业。']],
  ['elsewhere', '濮阳有几家？', ['聊城有3家。', '濮阳有3家。']],
  ['otherYear', '2020年有几家？', ['2019年有3家。', '2020年有3家。']],
  ['colon', Q, ['具体额度如下：', '先锋贷的额度为50万元。']],
  ['unended', Q, ['先锋贷', '先锋贷很好。']],
  [
    'heading',
    Q,
    ['一、提高额度。', '先锋贷的额度提高到每户50万元，惠及全市所有养殖户、种植户，大家都说好。'],
  ],
  ['endsInHeading', Q, ['（责任单位：市财政局）四、提高额度。', '先锋贷的额度为50万元。']],
  ['enumerated', Q, ['二是额度提高。', '额度提高。']],
  ['connective', Q, ['其中额度提高。', '额度提高。']],
  ['question', Q, ['额度是多少？', '额度是50万元。']],
  ['length', Q, ['先锋贷的额度为50万元，三年内还清。', '额度提高。']],
  ['tiny', Q, ['额度提高。', '先锋贷的额度为50万元，三年内还清。']],
  ['copied', Q, ['先锋贷的额度。', '额度为50万元，三年内还清。']],
  ['outside', Q, ['额度为50万元，三年内还清。', '先锋贷的额度。']],
  ['rank', Q, ['额度。', '额度。']],
  ['score', Q, ['额度。', '额度。']],
  ['articleTop', Q, ['额度。', '额度。']],
  ['relativeOwn', Q, ['先锋贷的额度为50万元。', '额度。']],
  ['best', Q, ['先锋贷的额度为50万元。', '额度。']],
]

test.each(MORE)('%s: %s', (name, question, articles) => {
  const [first, second] = seenIn(question, articles)
  expect(value(name, first!)).toBeGreaterThan(value(name, second!))
})

test('what stands before a sentence and in the heading over it counts for it', () => {
  const [, heading, item] = seenIn(Q, ['前言在此。\n一、先锋贷\n每户额度为50万元。'])
  expect(value('section', heading!)).toBe(0)
  expect(value('section', item!)).toBeGreaterThan(0)
  expect(value('before', item!)).toBe(value('section', item!))
  expect(value('afterHeading', item!)).toBe(1)
})

test('a word that no article has is unknown', () => {
  const [known] = seenIn(Q, ['先锋贷。'])
  const [unknown] = seenIn(Q, ['先锋贷。'], ['额度是多少'])
  expect(value('unknown', unknown!)).toBeGreaterThan(value('unknown', known!))
})

test('every feature is a number for any sentence', () => {
  for (const seen of seenIn('？', ['第一句话在这里。', '其二'])) {
    for (const name of Object.keys(FEATURES)) expect(value(name, seen)).not.toBeNaN()
  }
})
