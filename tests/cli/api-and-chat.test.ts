import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { Answer, ArticleList, Claim, ErrorBody, Ranking } from '../../src/web/api/schemas.ts'
import { tempFolder } from '../support/temp.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const TOKEN = 'open-sesame'
const running: ChildProcess[] = []
afterEach(() => running.splice(0).forEach((child) => child.kill('SIGKILL')))

/** Starts `npm start` on data of its own, filled with the seeds; gives its address. */
async function start(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, WENCE_DATA_DIR: tempFolder(), PORT: '0', ...env },
  })
  running.push(child)
  child.stdout.resume()
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
    if (address) return address[0]
  }
  throw new Error('no address was printed')
}

test('the API answers from the articles, in the shapes that are described', async () => {
  const url = await start({ API_TOKEN: TOKEN })
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const get = async (path: string) => (await fetch(`${url}/api${path}`, { headers })).json()
  const post = async (path: string, body: object) =>
    (
      await fetch(`${url}/api${path}`, { method: 'POST', body: JSON.stringify(body), headers })
    ).json()

  const answer = Answer.strict().parse(await post('/ask', { question: '企业用电报装要钱吗？' }))
  expect(answer.status).toBe('answered')
  const explained = await post('/ask?explain=1', { question: '企业用电报装要钱吗？' })
  expect(Answer.parse(explained).trace?.map(({ stage }) => stage)).toContain('words')
  const [{ quote, articleId } = { quote: '', articleId: '' }] = answer.citations
  expect(Claim.strict().parse(await post('/check', { claim: quote })).verdict).toBe('found')
  const { results } = Ranking.strict().parse(await get('/search?q=专利质押贷款&limit=3'))
  expect(results).toHaveLength(3)
  const { articles, next } = ArticleList.strict().parse(await get('/articles?limit=2&month=2022'))
  expect([articles.length, next]).toEqual([2, 2])
  expect(await get(`/articles/${articleId}`)).toMatchObject({ id: articleId })
  const refused = await fetch(`${url}/api/articles`)
  expect(ErrorBody.parse(await refused.json()).error.code).toBe('unauthorized')
  expect((await fetch(`${url}/chat`)).status).toBe(404)
}, 60_000)

test('the chat is there when it is wanted, and the API only with a token', async () => {
  const url = await start({ WEB_CHAT: '1' })
  const body = new URLSearchParams({ question: '企业用电报装要钱吗？' })
  const asked = await fetch(`${url}/chat/ask`, {
    method: 'POST',
    body,
    headers: { origin: url },
    redirect: 'manual',
  })
  expect(asked.headers.get('location')).toMatch(/^\/chat#a-/)
  const cookie = asked.headers.get('set-cookie')!.split(';')[0]!
  const page = await (await fetch(`${url}/chat`, { headers: { cookie } })).text()
  expect(page).toMatch(/<a class="mark" href="\/s\/\w+\?q=/)
  expect((await fetch(`${url}/api/openapi.json`)).status).toBe(404)
}, 60_000)
