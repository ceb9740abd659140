/**
 * What docs/openapi.json says. Schemas are those that requests are read with; a test asks each path
 * for each status, and holds what it gets against what stands here.
 */
import { z } from 'zod'
import * as corpus from '../../corpus.ts'
import examples from './examples.json' with { type: 'json' }
import * as schemas from './schemas.ts'

const { AskQuery, SearchQuery, ArticlesQuery, ...given } = schemas
const JSON_TYPE = 'application/json'

/** Every shape by its name. */
function components() {
  const taken = { Question: corpus.Question, ClaimAsked: corpus.ClaimAsked }
  return {
    ...named(taken, 'input'),
    ...named({ Article: corpus.Article, ...given }, 'output'),
  }
}

function named(shapes: Readonly<Record<string, z.ZodType>>, io: 'input' | 'output') {
  const byId = z.registry<{ id: string }>()
  for (const [id, shape] of Object.entries(shapes)) byId.add(shape, { id })
  const made = z.toJSONSchema(byId, { io, uri: (id) => `#/components/schemas/${id}` }).schemas
  return Object.fromEntries(
    Object.entries(made).map(([id, { $schema: _s, $id: _i, ...schema }]) => [id, schema]),
  )
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const json = (name: string, example?: unknown) => ({
  content: { [JSON_TYPE]: { schema: ref(name), ...(example !== undefined && { example }) } },
})

const body = (name: string, example: unknown) => ({ required: true, ...json(name, example) })

/** What a query may hold, as parameters. */
function query(shape: z.ZodObject, values: Readonly<Record<string, string>> = {}) {
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(values[name] !== undefined && { example: values[name] }),
  }))
}

const RETRY_AFTER = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } },
}
const WHY = {
  400: 'What was sent is wrong; the message says where.',
  401: 'No token, or not the right one.',
  403: 'Without API_TOKEN: asked by another name than that of this machine.',
  404: 'There is nothing of that name.',
  413: 'A body of more than 64,000 bytes.',
  415: 'A body that is no application/json.',
  429: 'Too much within a minute, or too many wrong tokens.',
  500: 'Something went wrong here.',
  503: 'The index is away, too much is asked at once, or the answer took too long.',
} as const

/** Every refusal by its status. */
const refusals = Object.fromEntries(
  Object.entries(WHY).map(([status, description]) => {
    const headers = status === '429' || status === '503' ? { headers: RETRY_AFTER } : {}
    return [status, { description, ...headers, ...json('ErrorBody') }]
  }),
)

const errors = (...statuses: readonly (keyof typeof WHY)[]) =>
  Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }]),
  )

const ANY = [401, 403, 429, 500, 503] as const
const BODY = [400, 413, 415] as const

const STREAM = `Events, each with one line of JSON as its data. \`statement\`: what is told, as soon as it is, with what it cites (Told). \`answer\`: the whole Answer, last. \`error\`: instead of it, an ErrorBody. Lines that begin with a colon keep the connection open.`

export const openApi = {
  openapi: '3.1.0',
  info: {
    title: '问策 wence',
    version: '1',
    description:
      'Answers about local economic policy, in the words of the local papers, each with its source. Whoever closes a connection stops the answer. Another method gives 405, another address 404, both with an ErrorBody.',
  },
  servers: [{ url: '/api' }],
  security: [{ token: [] }],
  paths: {
    '/ask': {
      post: {
        operationId: 'ask',
        summary: 'Answers a question.',
        parameters: query(AskQuery),
        requestBody: body('Question', { question: '用专利能质押贷款吗？', place: '辽阳市' }),
        responses: {
          200: {
            description: 'The answer; streamed where Accept names text/event-stream.',
            content: {
              ...json('Answer', examples.ask).content,
              'text/event-stream': { schema: { type: 'string', description: STREAM } },
            },
          },
          ...errors(...ANY, ...BODY),
        },
      },
    },
    '/check': {
      post: {
        operationId: 'check',
        summary: 'Says whether the articles print a sentence.',
        requestBody: body('ClaimAsked', { claim: '企业用电报装材料齐全的，一个工作日内办结。' }),
        responses: {
          200: { description: 'What the articles print.', ...json('Claim', examples.check) },
          ...errors(...ANY, ...BODY),
        },
      },
    },
    '/search': {
      get: {
        operationId: 'search',
        summary: 'Passages that a question finds, best first.',
        parameters: query(SearchQuery, { q: '专利质押贷款', limit: '1' }),
        responses: {
          200: { description: 'The passages.', ...json('Ranking', examples.search) },
          ...errors(...ANY, 400),
        },
      },
    },
    '/articles': {
      get: {
        operationId: 'articles',
        summary: 'The articles, of a place or a month, newest first.',
        parameters: query(ArticlesQuery, { place: '灯塔市', month: '2023-03' }),
        responses: {
          200: {
            description: 'So many of them, and where to go on.',
            ...json('ArticleList', examples.articles),
          },
          ...errors(...ANY, 400),
        },
      },
    },
    '/articles/{id}': {
      get: {
        operationId: 'article',
        summary: 'One article.',
        parameters: [
          {
            name: 'id',
            in: 'path',
            required: true,
            schema: { type: 'string' },
            example: 'dengta-1',
          },
        ],
        responses: {
          200: { description: 'The article.', ...json('Article', examples.article) },
          ...errors(...ANY, 404),
        },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'openapi',
        summary: 'This.',
        security: [],
        responses: {
          200: {
            description: 'OpenAPI 3.1.',
            content: { [JSON_TYPE]: { schema: { type: 'object' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: components(),
    responses: refusals,
    securitySchemes: {
      token: {
        type: 'http',
        scheme: 'bearer',
        description: 'API_TOKEN; none where it is not set.',
      },
    },
  },
}
