import { expect, test } from 'vitest'
import { whatIsServed } from '../../src/cli/what-is-served.ts'
import { parseConfig } from '../../src/config.ts'

test.each([
  [
    {
      PUBLIC_URL: 'https://wence.example.org',
      DESK_TOKEN: 'open sesame',
      API_TOKEN: 'a'.repeat(40),
    },
    ', pages for readers, the desk at /desk, the API at /api; not the chat at /chat (WEB_CHAT is not set)',
  ],
  // Who asks in the browser reads there, too.
  [
    { WEB_CHAT: '1' },
    ', pages for readers, the chat at /chat; not the desk at /desk (DESK_TOKEN is not set), the API at /api (API_TOKEN is not set)',
  ],
])('of %o it is said what is served, and what not', (settings, said) => {
  const serves = `http://127.0.0.1:8080 serves /healthz, /readyz and /metrics${said}`
  expect(whatIsServed(parseConfig({ ...settings, LISTEN_ADDRESS: '127.0.0.1' }), 8080)).toBe(
    `${serves}.`,
  )
  expect(whatIsServed(parseConfig(settings), 8080)).toBe(
    `${serves}; at all addresses of this machine (LISTEN_ADDRESS is not set).`,
  )
})
