import type { Config } from '../../config.ts'
import { wantsHttp } from '../open-http.ts'
import type { Check, Finding } from './check.ts'
import { hostOf } from './host-of.ts'
import { SAY } from './say.ts'

const { settings: SAID } = SAY
const OPENAI = 'https://api.openai.com'

/** What is on, what is off and what that means. */
export const settings: Check = {
  name: '设置',
  look: ({ patient: { config, env, notices, faults } }) => [
    ...faults.map(SAID.wrong),
    ...notices.map(SAID.doubtful),
    ...(faults.length + notices.length === 0 ? [SAID.read()] : []),
    ...(env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' ? [SAID.unchecked()] : []),
    ...answering(config),
    ...telegram(config),
    ...web(config),
    SAID.keeps(config.KEEP_QUESTIONS_DAYS),
  ],
}

function answering(config: Config): Finding[] {
  const { CHAT_MODEL: chat, EMBEDDING_MODEL: embedding, OPENAI_BASE_URL: base = OPENAI } = config
  const spends = config.BUDGET_MODEL_CALLS_PER_DAY > 0
  const { QDRANT_URL: qdrant, EMBEDDING_BASE_URL: other = base } = config
  return [
    SAID.index(qdrant ? ` Qdrant（${qdrant.map(hostOf).join('、')}）` : '数据目录里'),
    chat ? SAID.model(chat, hostOf(base)) : SAID.noModel(),
    ...(chat && !spends ? [SAID.noBudget()] : []),
    embedding ? SAID.embedding(embedding, hostOf(other)) : SAID.noEmbedding(),
  ]
}

function telegram(config: Config): Finding[] {
  const { TELEGRAM_WEBHOOK_URL: webhook, TELEGRAM_ALLOWED_CHATS: allowed } = config
  if (!config.TELEGRAM_BOT_TOKEN) return [SAID.noTelegram()]
  const staff = config.TELEGRAM_STAFF.length
  return [
    webhook ? SAID.webhook(hostOf(webhook)) : SAID.polling(),
    ...(allowed.length > 0 ? [SAID.allowed(allowed.length)] : []),
    staff > 0 ? SAID.staff(staff) : SAID.noStaff(),
  ]
}

function web(config: Config): Finding[] {
  if (!wantsHttp(config)) return [SAID.noWeb()]
  const rooms = [
    config.PUBLIC_URL && `公开的报道（${hostOf(config.PUBLIC_URL)}）`,
    config.DESK_TOKEN && '工作台',
    config.API_TOKEN && '接口',
    config.WEB_CHAT && '网页提问',
    config.TELEGRAM_WEBHOOK_URL && 'webhook',
    '健康检查',
  ]
  return [
    SAID.web(rooms.filter(Boolean).join('、')),
    ...(config.PUBLIC_URL?.startsWith('http:') ? [SAID.plainHttp()] : []),
  ]
}
