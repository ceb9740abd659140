import { readFileSync } from 'node:fs'
import { raw } from 'hono/html'
import type { Explanation } from '../../explanation.ts'
import { type Html, html } from '../../web/html.ts'
import { explainedPart } from './explained-part.ts'

const STYLES = ['../../web/style.css', 'explained.css']

/** One page that holds all it needs, to be kept as a file and opened anywhere. */
export function explainedPage(explanation: Explanation): Html {
  const { source, line } = explanation
  const title = line === null ? source : `${source}:${line}`
  // A style sheet of ours has nothing that ends it.
  const style = raw(
    STYLES.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n'),
  )
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body class="wide">
<main><h1>${title}</h1>${explainedPart(explanation)}</main>
</body>
</html>
`
}
