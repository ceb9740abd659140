/**
 * Whether Telegram takes an address under a button, and with it the message: one whose host has no
 * dot, as localhost or the name of a machine in a house, is refused as a wrong HTTP URL
 * (tdlib, `LinkManager::check_link`).
 */
export function isButtonUrl(address: string): boolean {
  const url = URL.parse(address)
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:'
  return isWeb && /\.|^\[/u.test(url.hostname)
}
