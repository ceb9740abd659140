/**
 * Places of the papers' region and of the country: provinces, cities, counties, from the plain file
 * `gazetteer.txt` beside this one.
 *
 * People and papers say 濮阳 for 濮阳市 and 台前 for 台前县; nobody says 新华 for 新华区. So cities and
 * counties have a short name, districts have none, and a short name that is also an ordinary word
 * (大名, 平安) is left out.
 */
import { remember } from './remember.ts'
import { type Reader, readAll, wordList } from './word-lists.ts'
import { wordsOf } from './words.ts'
import type { Word } from './words.ts'

export interface Place {
  /** As it is written in full: 台前县. */
  readonly name: string
  /** All that it is called, the full name first. */
  readonly names: readonly string[]
  readonly level: 'province' | 'city' | 'county'
  /** From broad to narrow, itself last: 河南省, 濮阳市, 台前县. */
  readonly path: readonly string[]
}

/** A place's name as it stands in a text; several places may share it (濮阳: city before county). */
export interface PlaceMention {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly places: readonly Place[]
}

/** Short names that are more often a word or a part of another name. */
const ORDINARY = new Set(
  (
    '大名 兴隆 平安 平原 惠民 大城 大厂 文安 平山 高阳 新河 清河 武强 新安 商城 民权 博爱 方城 正阳 和平 ' +
    '利辛 太湖 望江 天长 明光 广德 无为 临泉 宁国 长兴 安吉 常山 开化 江山 云和 天台 平湖 海安 东海 东台 ' +
    '金湖 响水 滨海 万荣 永和 大宁 孝义 山南 百色 白银 金昌 通化 白山 海东 三明 资阳 来宾 保德 和顺 左权 ' +
    '长子 安平 阳城 高平'
  ).split(' '),
)

/** Words that the dictionary takes apart before a name: 示范县 and 模范县 are not 范县. */
const WORDS_BEFORE: Readonly<Record<string, string>> = { 范县: '示模' }

const PROVINCE_SHORT: Readonly<Record<string, string>> = {
  内蒙古自治区: '内蒙古',
  广西壮族自治区: '广西',
  西藏自治区: '西藏',
  宁夏回族自治区: '宁夏',
  新疆维吾尔自治区: '新疆',
  香港特别行政区: '香港',
  澳门特别行政区: '澳门',
}

const LEVELS = ['province', 'city', 'county']

/** Places, to be asked by name and found in texts. */
export interface Gazetteer {
  /** Provinces before cities before counties. */
  readonly places: readonly Place[]
  /** The places that a full or short name may mean, the broadest first; empty when none is known. */
  readonly named: (name: string) => Place[]
  /** Every place named in a text, in order, the longest name at each point; a text is read once. */
  readonly find: (text: string) => readonly PlaceMention[]
}

/** The project's own gazetteer, and staff's lines. */
export const GAZETTEER_LIST = wordList('gazetteer.txt', new URL(import.meta.url), () => {
  const reader = placesReader()
  return { ...reader, words: () => gazetteerOf(reader.words()) }
})

export const gazetteer = (): Gazetteer => GAZETTEER_LIST.read().words
export const placesNamed: Gazetteer['named'] = (name) => gazetteer().named(name)
export const findPlaces: Gazetteer['find'] = (text) => gazetteer().find(text)

function gazetteerOf(all: readonly Place[]): Gazetteer {
  const places = all.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
  const byName = Map.groupBy(
    places.flatMap((place) => place.names.map((name) => ({ name, place }))),
    ({ name }) => name,
  )
  /** The names that begin with a letter, the longest first; most letters begin none. */
  const beginning = Map.groupBy(
    [...byName.keys()].toSorted((a, b) => b.length - a.length),
    (name) => name.charAt(0),
  )
  const named = (name: string) => byName.get(name)?.map(({ place }) => place) ?? []
  return { places, named, find: remember(find) }

  function find(text: string): readonly PlaceMention[] {
    const found: PlaceMention[] = []
    let at = 0
    while (at < text.length) {
      const mention = longestAt(text, at)
      if (mention && !isWithinWord(text, mention)) found.push(mention)
      at = mention ? mention.end : at + 1
    }
    return found
  }

  function longestAt(text: string, start: number): PlaceMention | undefined {
    for (const name of beginning.get(text.charAt(start)) ?? []) {
      if (!text.startsWith(name, start)) continue
      if (start > 0 && WORDS_BEFORE[name]?.includes(text.charAt(start - 1))) continue
      return { start, end: start + name.length, text: name, places: named(name) }
    }
    return undefined
  }
}

/** Whether one place is the other, or lies in it, or the other in it. */
export function related(a: readonly string[], b: readonly string[]): boolean {
  return a.every((name, i) => b[i] === undefined || b[i] === name)
}

/** Letters on each side of a name that are read as words with it. */
const AROUND = 8
/** A short name is a bare word of two letters: 长治, without its 市. */
const SHORT = 2

/** Whether a short name is only letters of other words: 江河|源头 does not name 河源, nor 长治久安 长治. */
function isWithinWord(text: string, { start, end }: PlaceMention): boolean {
  if (end - start !== SHORT) return false
  const from = Math.max(0, start - AROUND)
  const [at, to] = [start - from, end - from]
  const words = wordsOf(text.slice(from, end + AROUND))
  return words.some(
    (word) =>
      (word.end === at && isOpenVerb(word)) ||
      (word.start < at && word.end > at && word.end < to) ||
      (word.start > at && word.start < to && word.end > to) ||
      (word.start < at && word.end >= to && !isOfPlace(word.tag)) ||
      (word.start === at && word.end > to + 1 && !isOfPlace(word.tag)),
  )
}

/** 出|海口: a verb of one letter before a name makes one word with it, unless one goes there. */
const isOpenVerb = ({ text, tag }: Word) =>
  text.length === 1 &&
  tag.startsWith('v') &&
  !'到赴抵至往来去回返进入驻访游住援爱走在是为对向从于让使把给将离'.includes(text)

/** ICTCLAS: names of places and of bodies, which hold the name of their place. */
const isOfPlace = (tag: string) => /^n[stz]$/.test(tag)

/** The places of a gazetteer written as the one beside this file: `[省]`, then `市=别名: 县 县 …` a line. */
export function parseGazetteer(file: string): Place[] {
  return readAll(file, placesReader())
}

/**
 * Reads places by lines. What takes out names the places that go, with all that lies in them; behind
 * a `=` only names go: `承德市: 兴隆县=兴隆`. A city before its counties only says where they lie.
 */
function placesReader(): Reader<Place[]> {
  const places = new Map<string, Place>()
  let province = ''
  return {
    take({ text, takesOut }) {
      const head = /^\[(.+)\]$/u.exec(text)?.[1]
      if (head) {
        if (takesOut || !isPlace(head)) throw new SyntaxError(`要写成 [省名]，省不能拿掉：${text}`)
        province = head
        add(readPlace(head, 'province', []))
        return
      }
      const [city = '', counties, more] = text.split(/[:：]/u)
      const within = counties?.split(/\s+/u).filter(Boolean) ?? []
      if (counties === undefined || more !== undefined || ![city, ...within].every(isPlace))
        throw new SyntaxError(`要写成“某市: 甲县 乙区=别名”，没有区县也要冒号：${text}`)
      if (province === '') throw new SyntaxError(`上面要有一行 [省名]：${text}`)
      const parent = readPlace(city, 'city', [province])
      // A municipality is its own only city; one place, so that 北京市 has one path.
      const isMunicipality = parent.name === province
      const path = isMunicipality ? [province] : parent.path
      if (!isMunicipality && !takesOut) add(parent)
      if (takesOut && (within.length === 0 || city.includes('='))) takeOut(city, path)
      for (const county of within) {
        const place = readPlace(county, 'county', path)
        if (takesOut) takeOut(county, place.path)
        else add(place)
      }
    },
    leaveSection: () => (province = ''),
    words: () => [...places.values()],
  }

  function add(place: Place): void {
    const key = place.path.join('/')
    const names = [...new Set([...(places.get(key)?.names ?? []), ...place.names])]
    places.set(key, { ...place, names })
  }

  function takeOut(written: string, path: readonly string[]): void {
    const key = path.join('/')
    const [, ...aliases] = written.split('=')
    const place = places.get(key)
    if (aliases.length > 0) {
      const names = place?.names.filter((name) => !aliases.includes(name)) ?? []
      if (place) places.set(key, { ...place, names })
      return
    }
    for (const other of places.keys()) if (`${other}/`.startsWith(`${key}/`)) places.delete(other)
  }
}

const isPlace = (written: string) => /^\p{Script=Han}{2,}(?:=\p{Script=Han}{2,})*$/u.test(written)

function readPlace(written: string, level: Place['level'], above: readonly string[]): Place {
  const [name = '', ...aliases] = written.split('=')
  const all = [name, ...aliases]
  const short = all.flatMap((n) => shortName(n, level))
  return { name, level, path: [...above, name], names: [...new Set([...all, ...short])] }
}

function shortName(name: string, level: Place['level']): string[] {
  const known = PROVINCE_SHORT[name]
  if (known) return [known]
  if (name.endsWith('区') && level !== 'province') return []
  const short = name.replace(/(?:满族|蒙古族|回族|畲族)*自治[州县]$|[省市县盟州]$|地区$/, '')
  return short.length < 2 || ORDINARY.has(short) ? [] : [short]
}
