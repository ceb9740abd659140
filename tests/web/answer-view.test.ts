import { expect, test } from 'vitest'
import { replyText } from '../../src/answer/reply.ts'
import { answerView } from '../../src/web/answer-view.ts'
import { ANSWERS, answerOf, citationOf } from '../support/answers-to-read.ts'

const TODAY = '2023-02-01'
const sourceHref = ({ articleId, n }: { articleId: string; n: number }) => `/s/${articleId}?n=${n}`
const view = (
  ...[answer, today = TODAY]: Parameters<typeof replyText> | [(typeof ANSWERS)[number][1]]
) => String(answerView(answer, { today, sourceHref }))
/** What is read of markup. */
const textOf = (markup: string) =>
  markup
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, '')

test.each(ANSWERS)('says what every door says: %s', (_name, answer, today) => {
  const shown = textOf(view(answer, today))
  const [said = ''] = replyText(answer, today).split('\n\n出处\n')
  // What one may choose from is for buttons.
  const paragraphs = said.split('\n\n').filter((paragraph) => !paragraph.startsWith('· '))
  for (const paragraph of paragraphs) expect(shown).toContain(paragraph.replaceAll(/\s+/g, ''))
})

test('a mark leads to its source, in a statement and before its quote', () => {
  const answer = answerOf({
    statements: [{ text: '甲。', citations: [1] }],
    citations: [citationOf(1, '甲乙丙丁戊己。')],
  })
  expect(view(answer)).toContain(
    '甲。<a class="mark" href="/s/power?n=1" aria-label="出处 1">①</a>',
  )
  const nowhere = answerView(answer, { today: TODAY, sourceHref: () => undefined })
  expect(String(nowhere)).toContain('甲。<span class="mark">①</span>')
  expect(String(nowhere)).not.toContain('<a')
})

test('each side of a conflict has a line and its own mark', () => {
  const answer = answerOf({
    notices: [
      { kind: 'conflict', text: '《甲》写的是：一。《乙》写的是：二。', citations: [1, 2] },
    ],
    citations: [citationOf(1, '一'), citationOf(2, '二')],
  })
  expect(view(answer)).toMatch(
    /《甲》写的是：一。<a[^>]*>①<\/a>\s*<br>《乙》写的是：二。<a[^>]*>②<\/a>/,
  )
})

test('nothing of an article or a question becomes markup', () => {
  const evil = '<img src=x onerror=alert(1)>"&\''
  const answer = answerOf({
    question: '问',
    standalone: evil,
    status: 'partial',
    statements: [{ text: evil, citations: [1] }],
    citations: [
      citationOf(1, evil, {
        headline: evil,
        articleId: '"><script>',
        place: [evil],
        publication: { name: evil, inferred: false, issue: evil, page: null },
      }),
    ],
    missing: [evil],
    notices: [{ kind: 'scope', text: evil, citations: [] }],
  })
  expect(view(answer)).not.toMatch(/<img|<script|"&'/)
})
