import { readFileSync } from 'node:fs'
import { Chain, decoder } from '../../learn/chain.ts'
import type { Link } from '../../learn/chain.ts'
import { AFTER_NAMES, featuresOf, OWN_NAMES } from './features.ts'
import { certainLabels, LABELS } from './label.ts'
import type { Label } from './label.ts'
import type { Page } from './page.ts'

export const VOCABULARY = { names: LABELS, own: OWN_NAMES, after: AFTER_NAMES }

/** Lines as the decoder reads them. */
export function linksOf(page: Page): Link[] {
  const certain = certainLabels(page)
  return featuresOf(page).map((features, i) => {
    const label = certain[i]
    return label === undefined ? features : { ...features, fixed: LABELS.indexOf(label) }
  })
}

const WEIGHTS = new URL('line-weights.json', import.meta.url)
const decode = decoder(Chain.parse(JSON.parse(readFileSync(WEIGHTS, 'utf8'))), VOCABULARY)

/** Says of every line of a page what it is, all together: so that it fits those around it. */
export const labelLines = (page: Page): Label[] =>
  decode(linksOf(page)).map((label) => LABELS[label]!)
