/** People who ask on the web, and staff at the desk: what fails is tried again, as people do. */
import { setTimeout as sleep } from 'node:timers/promises'

const AGAIN_MS = 1_000
const WAIT_MS = 15_000

/** A browser with its cookies. */
export function browser(url: string) {
  const cookies = new Map<string, string>()

  async function request(path: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url + path, {
      headers: { origin: url, cookie },
      redirect: 'manual',
      signal: AbortSignal.timeout(WAIT_MS),
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    await response.arrayBuffer()
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]!.split(/=(.*)/su)
      cookies.set(name, value)
    }
    return response
  }

  /** Sends a form until it is answered by one of these; gives where that leads, and how often it failed. */
  async function send(
    path: string,
    form: Record<string, string>,
    until: readonly number[] = [303],
  ) {
    for (let failed = 0; ; failed++) {
      const response = await request(path, form).catch(() => undefined)
      if (response && until.includes(response.status))
        return { to: response.headers.get('location') ?? '', failed }
      await sleep(AGAIN_MS)
    }
  }

  return { send }
}

/** Asks through the API, and gives the answer without how long it took. */
export async function askApi(url: string, token: string, question: string): Promise<string> {
  const response = await fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ question }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${text}`)
  return text.replace(/"ms":[\d.]+/u, '')
}
