import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Metric } from 'prom-client'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { LINE } from '../../src/bot/updates/inbox.ts'
import { openOperations, watchInstallation } from '../../src/cli/operations.ts'
import { parseConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { askedIn } from '../support/promql.ts'
import { smallEngine } from '../support/small-engine.ts'

const folder = (name: string) => fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url))
const read = (name: string) => readFileSync(folder(name), 'utf8')

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), runbook: z.string() }),
        }),
      ),
    }),
  ),
})
const rules = Rules.parse(parse(read('prometheus/alerts.yml'))).groups.flatMap(
  (group) => group.rules,
)

const Dashboard = z.object({
  templating: z.object({
    list: z.array(z.object({ query: z.union([z.string(), z.object({ query: z.string() })]) })),
  }),
  panels: z.array(
    z.object({
      title: z.string(),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
      targets: z.array(z.object({ expr: z.string() })).optional(),
    }),
  ),
})
const { panels, templating } = Dashboard.parse(JSON.parse(read('grafana/wence.json')))
const shown = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => [title, expr] as const),
)

/** All that a bot with everything exports, by the names of its series, with their labels. */
function exported() {
  const log = createLog('silent')
  const operations = openOperations(log)
  const { metrics } = operations
  watchInstallation(operations, parseConfig({}), smallEngine, log)
  metrics.gauges(LINE, () => ({}))
  const labels = new Map<string, readonly string[]>([
    ['up', []],
    ['ALERTS', ['alertname', 'alertstate']],
  ])
  for (const { name } of metrics.register.getMetricsAsArray()) {
    const metric: Metric & { type?: string; labelNames?: string[] } =
      metrics.register.getSingleMetric(name)!
    const own = metric.labelNames ?? []
    const parts = metric.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
    for (const part of parts) labels.set(name + part, part === '_bucket' ? [...own, 'le'] : own)
  }
  return labels
}

/** What Prometheus itself puts to each series. */
const ANYWHERE = ['instance', 'job']
const series = exported()

test.each([...rules.map(({ alert, expr }) => [alert, expr] as const), ...shown])(
  'what %s asks for is exported: %s',
  (_of, expr) => {
    const asked = askedIn(expr)
    expect(asked.series.length).toBeGreaterThan(0)
    const known = new Set(ANYWHERE)
    for (const { metric, labels } of asked.series) {
      expect([...series.keys()]).toContain(metric)
      for (const label of series.get(metric)!) known.add(label)
      expect([...ANYWHERE, ...series.get(metric)!]).toEqual(expect.arrayContaining([...labels]))
    }
    expect([...known]).toEqual(expect.arrayContaining([...asked.by]))
  },
)

test('a name that nothing exports would be seen, and what is no PromQL', () => {
  expect(askedIn('sum by (door) (rate(wence_nothing_total{outcome="failed"}[5m]))')).toEqual({
    series: [{ metric: 'wence_nothing_total', labels: ['outcome'] }],
    by: ['door'],
  })
  expect(() => askedIn('sum(rate(wence_ready[5m])')).toThrow('no PromQL')
})

test('all of ours that is exported is on the dashboard', () => {
  const asked = new Set(
    shown.flatMap(([, expr]) => askedIn(expr).series.map(({ metric }) => metric)),
  )
  const base = (name: string) => name.replace(/_(?:bucket|sum|count)$/u, '')
  const ours = [...series.keys()].filter((name) => name.startsWith('wence_')).map(base)
  expect(
    [...new Set(ours)].filter((name) => ![...asked].some((one) => base(one) === name)),
  ).toEqual([])
  expect(JSON.stringify(templating)).toContain('wence_ready')
})

test('no panel lies over another', () => {
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
  expect(Math.max(...panels.map(({ gridPos: { x, w } }) => x + w))).toBeLessThanOrEqual(24)
})

test('there are four alerts; each says in Chinese what is wrong, and where what to do stands', () => {
  expect(rules).toHaveLength(4)
  for (const { alert, annotations } of rules) {
    expect(annotations.summary).toMatch(/^问策.*。$/u)
    expect(annotations.runbook).toBe(`docs/operate.zh.md#${alert.toLowerCase()}`)
  }
})

const docs = ['operate.zh.md', 'operate.md']
  .map((name) => folder(`../docs/${name}`))
  .filter(existsSync)
test.skipIf(docs.length === 0)(
  'what to do when each alert fires stands in the docs, under its name',
  () => {
    for (const file of docs)
      for (const { alert } of rules)
        expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^#+ ${alert}$`, 'mu'))
  },
)

/** Prometheus' own tool, where it is: at PROMTOOL or on PATH. */
const promtool = [
  process.env['PROMTOOL'],
  ...(process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'promtool')),
].find((path) => path !== undefined && existsSync(path))
if (!promtool)
  process.stderr.write(
    'promtool is not on PATH and PROMTOOL is not set: the rules are parsed, not run.\n',
  )

test.skipIf(!promtool).each([
  ['the rules are valid', ['check', 'rules', 'alerts.yml']],
  ['each alert fires for each of its reasons, and ends', ['test', 'rules', 'alerts.test.yml']],
  ['the settings are valid', ['check', 'config', 'prometheus.yml']],
])(
  'promtool: %s',
  (_name, given) => {
    const { status, stdout, stderr } = spawnSync(promtool!, given, {
      cwd: folder('prometheus'),
      encoding: 'utf8',
    })
    expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 })
  },
  120_000,
)
