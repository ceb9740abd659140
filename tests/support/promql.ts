import { parser } from '@prometheus-io/lezer-promql'

/** A series that a query asks for, and the labels that it is chosen by. */
export interface Asked {
  readonly metric: string
  readonly labels: readonly string[]
}

/**
 * What a PromQL query asks for, and the labels that it groups by; what Grafana puts in is put in before.
 * @throws Error when it is no PromQL.
 */
export function askedIn(query: string): {
  readonly series: readonly Asked[]
  readonly by: readonly string[]
} {
  const plain = query.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*')
  const series: { metric: string; labels: string[] }[] = []
  const by: string[] = []
  parser.parse(plain).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${query}`)
      const text = plain.slice(from, to)
      if (name === 'VectorSelector') series.push({ metric: '', labels: [] })
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
        series.at(-1)!.metric = text
      if (name !== 'LabelName') return
      if (node.parent?.name === 'GroupingLabels') by.push(text)
      else series.at(-1)!.labels.push(text)
    },
  })
  return { series, by }
}
