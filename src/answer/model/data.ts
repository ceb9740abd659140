/**
 * Text that cannot close or open a tag: its angle brackets become full-width ones, and what nobody
 * sees is taken out.
 */
export function data(text: string): string {
  return text
    .replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
}

/** A text between tags, as a model is sent it: `<question>…</question>`. */
export function tagged(tag: string, text: string): string {
  return `<${tag}>\n${data(text)}\n</${tag}>`
}
