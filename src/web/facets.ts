import type { Browsed, Filters } from '../conversation/browse.ts'
import { TOPICS } from '../conversation/topics.ts'
import { type Html, type Part, html } from './html.ts'
import { cut } from '../code-points.ts'

/** What is asked of the page of all articles: words, filters and which page, from 1. */
export interface Asked extends Filters {
  readonly query: string
  readonly page: number
}

const LONGEST_QUERY = 200

/** Reads an address; what it cannot mean is as if it were not there. */
export function askedIn(given: Readonly<Record<string, string>>): Asked {
  const { query = '', place = '', month = '', topic = '', page = '' } = given
  return {
    query: cut(query.trim(), LONGEST_QUERY),
    place: place.split('/').filter(Boolean).slice(0, 4),
    month: /^\d{4}(?:-\d{2})?$/.test(month) ? month : '',
    topic: TOPICS.some(({ name }) => name === topic) ? topic : '',
    page: /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1,
  }
}

/** The filters as they stand in an address. */
export const kept = ({ place, month, topic }: Filters): [name: string, value: string][] =>
  Object.entries({ place: place.join('/'), month, topic }).filter(([, value]) => value !== '')

export function addressOf({ query, page, ...filters }: Asked): string {
  const asked = new URLSearchParams(kept(filters))
  if (query !== '') asked.set('query', query)
  if (page > 1) asked.set('page', String(page))
  return asked.size > 0 ? `/?${asked.toString()}` : '/'
}

/** What can be chosen of one kind: a place, a month, a topic. */
interface Facet {
  readonly name: string
  readonly none: Partial<Filters>
  /** From broad to narrow. */
  readonly chosen: readonly Step[]
  readonly choices: readonly (Step & { readonly count: number })[]
}

/** Something to choose, and what is asked for then. */
interface Step {
  readonly text: string
  readonly filters: Partial<Filters>
}

/** So many choices stand there; the others open. */
const MOST_CHOICES = 10

/** Links that narrow what is asked for, or widen it again, each with how many articles are left. */
export function facets(asked: Asked, browsed: Browsed): Part {
  return facetsOf(asked, browsed).map((facet) => facetOf(facet, asked))
}

function facetsOf({ place, month, topic }: Asked, { places, months, topics }: Browsed): Facet[] {
  const year = month.slice(0, 'YYYY'.length)
  return [
    {
      name: '地区',
      none: { place: [] },
      chosen: place.map((text, i) => ({ text, filters: { place: place.slice(0, i + 1) } })),
      choices: places.map(({ value: text, count }) => ({
        text,
        count,
        filters: { place: [...place, text] },
      })),
    },
    {
      name: '时间',
      none: { month: '' },
      chosen: [...new Set([year, month])].filter(Boolean).map(monthStep),
      choices: months
        .filter(({ value }) => value !== year && value !== month)
        .map(({ value, count }) => ({ count, ...monthStep(value) })),
    },
    {
      name: '主题',
      none: { topic: '' },
      chosen: [topic].filter(Boolean).map((text) => ({ text, filters: { topic: text } })),
      choices: topics
        .filter(({ value }) => value !== topic)
        .map(({ value: text, count }) => ({ text, count, filters: { topic: text } })),
    },
  ]
}

function monthStep(value: string): Step {
  const [year, month] = value.split('-')
  return {
    text: month === undefined ? `${year}年` : `${year}年${Number(month)}月`,
    filters: { month: value },
  }
}

function facetOf({ name, none, chosen, choices }: Facet, asked: Asked): Html {
  const link = (filters: Partial<Filters>, inside: Part) =>
    html`<a href="${addressOf({ ...asked, ...filters, page: 1 })}">${inside}</a>`
  const list = (some: Facet['choices']) =>
    some.length > 0 &&
    html`<ul class="plain">${some.map(
      ({ text, count, filters }) =>
        html`<li>${link(filters, text)} <span class="soft">${count}</span></li>`,
    )}</ul>`
  const steps = chosen.map(
    ({ text, filters }, i) =>
      html` › ${i === chosen.length - 1 ? html`<strong>${text}</strong>` : link(filters, text)}`,
  )
  return html`<nav aria-label="${name}"><h2>${name}</h2>
${steps.length > 0 && html`<p class="chosen">${link(none, '全部')}${steps}</p>`}
${list(choices.slice(0, MOST_CHOICES))}
${choices.length > MOST_CHOICES && html`<details><summary>更多</summary>${list(choices.slice(MOST_CHOICES))}</details>`}
</nav>`
}
