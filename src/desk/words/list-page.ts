import { type Html, type Part, html } from '../../web/html.ts'
import type { Filled } from './compose.ts'
import {
  CLASSES,
  type ListName,
  type ListedLine,
  type Texts,
  type Words,
  listed,
  wordOf,
  wordsWith,
} from './lists.ts'
import { type SentenceRead, readWith } from './read-with.ts'
import { type Shell, TITLES, wordsPage } from './shell.ts'
import type { Both } from './trial.ts'

export interface ListPage {
  readonly list: ListName
  /** Staff's files as they are saved, and with the draft. */
  readonly texts: Both<Texts>
  /** What is looked for. */
  readonly q: string
  /** A sentence to be read. */
  readonly sentence: string
  /** A form as it was filled in, and what is wrong with it. */
  readonly filled: Filled
  readonly faults: readonly string[]
}

const ABOUT: Readonly<Record<ListName, Part>> = {
  thesaurus: '百姓怎么说，公文和报纸怎么写。问句里有左边的词，也按右边的词去找。',
  gazetteer:
    '问句和报道里的地名按这里认。保存以后，问句马上按新的认；文章是收录时认的，下次收录（npm run ingest）会把全部文章重读一遍，之后才按新的算。',
  governors: html`管着句子里别的话的词：条件、否定、时间、是计划还是已成……选句时漏掉的，说出来时补回。<br>保存以后，这个词马上按它那一类起作用；但各类有多要紧，是从人工判定的句子里学来的，加一个词、去一个词，都不会重新学，新词和同类的词算得一样。`,
}

export function listPage(shell: Shell, given: ListPage): Html {
  const { list, q, sentence } = given
  const words = { before: wordsWith(given.texts.before), after: wordsWith(given.texts.after) }
  return wordsPage(
    shell,
    list,
    TITLES[list],
    html`<p class="soft">${ABOUT[list]}</p>
<div class="sides">
<section aria-labelledby="look"><h2 id="look">查</h2>
<form method="get" class="row" action="/desk/words/${list}">
${sentence && html`<input type="hidden" name="sentence" value="${sentence}">`}
<div class="grow"><label for="q">词或地名</label><input id="q" name="q" value="${q}" type="search"></div>
<button>查</button></form>
${list === 'gazetteer' && q ? placesFound(given, words) : linesFound(given)}
${list === 'governors' && q === '' && classes()}
</section>
<div>
<section aria-labelledby="try"><h2 id="try">试一句</h2>
<form method="get" class="row" action="/desk/words/${list}#try">
${q && html`<input type="hidden" name="q" value="${q}">`}
<div class="grow"><label for="sentence">一个问句，或报道里的一句话</label>
<input id="sentence" name="sentence" value="${sentence}" maxlength="500"></div><button>读</button></form>
${sentence && tried(list, words, sentence)}
</section>
<section aria-labelledby="add"><h2 id="add">${given.filled['replaces'] ? '改' : '加'}</h2>
${addForm(given)}
</section>
</div></div>`,
  )
}

const classes = () =>
  html`<h3>约束词分这些类</h3><ul class="plain lines">${CLASSES.map(
    ({ head, title, about }) =>
      html`<li><a href="/desk/words/governors?q=${encodeURIComponent(head)}" class="to-class">${title}</a><span class="text">${about}</span></li>`,
  )}</ul>`

const MOST = 60

function linesFound({ list, q, texts }: ListPage): Html {
  const all = listed(list, texts.after[list])
  const saved = new Set(
    listed(list, texts.before[list]).map(({ section, text, state }) => section + text + state),
  )
  const found = all.filter(({ text, section, state }) =>
    q ? matches(list, q, text, section) : state !== 'built-in',
  )
  const shown = found.slice(0, MOST)
  const bySection = Map.groupBy(shown, ({ section }) => section)
  if (found.length === 0)
    return html`<p>${q ? `没有一行有“${q}”。` : '还没有本地的词。上面查自带的词，右边加新词。'}</p>`
  return html`<p class="soft">${q ? `有“${q}”的` : '本地的'} ${found.length} 行${found.length > MOST ? `，先列 ${MOST} 行` : ''}：</p>
${[...bySection].map(([section, lines]) => {
  const about = classOf(section)
  return html`${section && html`<h3>${about?.title ?? section} <span class="tag">${section}</span></h3><p class="soft">${about?.about}</p>`}
<ul class="plain lines">${lines.map((line) => lineItem(list, q, line, saved))}</ul>`
})}`
}

const classOf = (section: string) => CLASSES.find(({ head }) => head === section)

const matches = (list: ListName, q: string, text: string, section: string) =>
  list === 'governors' ? wordOf(text).includes(q) || section.includes(q) : text.includes(q)

function lineItem(list: ListName, q: string, line: ListedLine, saved: ReadonlySet<string>): Html {
  const { section, text, state } = line
  const [word, examples] =
    list === 'governors' ? [wordOf(text), text.slice(wordOf(text).length).trim()] : [text, '']
  const isDrafted = !saved.has(section + text + state)
  return html`<li><div class="text"><span${state === 'taken-out' && html` class="taken"`}>${word}</span>
${state === 'own' && html`<span class="tag">本地</span>`}${state === 'taken-out' && html`<span class="tag">已拿掉</span>`}${isDrafted && html`<span class="tag">草稿</span>`}
${
  examples &&
  html`<ul class="plain">${[...examples.matchAll(/[✓✗][^✓✗]*/gu)].map(([example]) => html`<li class="${example.startsWith('✓') ? 'good' : 'bad'}">${example}</li>`)}</ul>`
}</div><div class="acts">
${
  list !== 'gazetteer' &&
  state !== 'taken-out' &&
  html`<a href="/desk/words/${list}?${new URLSearchParams({ q, section, line: text }).toString()}#add" class="button small" aria-label="改 ${word}">改</a>`
}
${changeButton(list, q, { section, text, out: state !== 'taken-out' }, word)}</div></li>`
}

function changeButton(
  list: ListName,
  q: string,
  { section, text, out }: { section: string; text: string; out: boolean },
  of: string,
  label = out ? '拿掉' : '放回',
): Html {
  return html`<form method="post" action="/desk/words/${list}/change">
<input type="hidden" name="q" value="${q}"><input type="hidden" name="section" value="${section}">
<input type="hidden" name="text" value="${text}">${out && html`<input type="hidden" name="out" value="1">`}
<button class="small" aria-label="${label} ${of}">${label}</button></form>`
}

function placesFound({ list, q }: ListPage, words: Both<Words>): Html {
  const named = ({ gazetteer }: Words) =>
    gazetteer.places.filter(({ names }) => names.some((name) => name.includes(q)))
  const [before, after] = [named(words.before), named(words.after)]
  const kept = new Map(after.map((place) => [place.path.join(), place]))
  const old = new Map(before.map((place) => [place.path.join(), place]))
  const all = [...after, ...before.filter(({ path }) => !kept.has(path.join()))].slice(0, MOST)
  if (all.length === 0) return html`<p>没有叫“${q}”的地方。</p>`
  return html`<ul class="plain lines">${all.map((place) => {
    const { path, level, names, name } = place
    const key = path.join()
    const isOut = !kept.has(key)
    const section = `[${path[0]}]`
    // A municipality is its own only city.
    const city = level === 'county' && path.length === 2 ? path[0] : path[1]
    const lineFor = (written: string) =>
      level === 'county' ? `${city}: ${written}` : `${written}:`
    return html`<li><div class="text"><span${isOut && html` class="taken"`}>${path.join(' › ')}</span>
${isOut && html`<span class="tag">草稿里拿掉</span>`}${!old.has(key) && html`<span class="tag">草稿里加的</span>`}
<div class="soft">叫法：${names.join('、')}</div></div>
${
  level !== 'province' &&
  (isOut
    ? changeButton(list, q, { section, text: lineFor(name), out: false }, name)
    : html`${names
        .filter((other) => other !== name)
        .map((other) =>
          changeButton(
            list,
            q,
            { section, text: lineFor(`${name}=${other}`), out: true },
            '',
            `不再叫“${other}”`,
          ),
        )}${changeButton(list, q, { section, text: lineFor(name), out: true }, name)}`)
}</li>`
  })}</ul>`
}

function tried(list: ListName, words: Both<Words>, sentence: string): Html {
  const read = { before: readWith(words.before, sentence), after: readWith(words.after, sentence) }
  const others = { thesaurus: widening, gazetteer: placing, governors: governing } as const
  const first = others[list]
  return html`${first(read)}${Object.values(others)
    .filter((other) => other !== first)
    .map((other) => other(read))}`
}

function placing({ before, after }: Both<SentenceRead>): Html {
  const say = ({ text, paths }: SentenceRead['places'][number]) =>
    `“${text}”是${paths.join('，或者')}`
  return html`<h3>认出的地名</h3>${changesOf(before.places.map(say), after.places.map(say), '没有认出地名。')}`
}

function widening({ before, after }: Both<SentenceRead>): Html {
  const say = ({ word, others }: SentenceRead['widened'][number]) =>
    `${word}：也找 ${others.join('、')}`
  return html`<h3>当作问句，还会换着找</h3>${changesOf(before.widened.map(say), after.widened.map(say), '没有换着找的词。')}`
}

function governing({ before, after }: Both<SentenceRead>): Html {
  return html`<h3>各分句里的约束词</h3><ol>${after.clauses.map(
    ({ text, marks }, i) =>
      html`<li>${text}${changesOf((before.clauses[i]?.marks ?? []).map(sayMark), marks.map(sayMark), '没有约束词。')}</li>`,
  )}</ol>`
}

export const sayMark = ({ head, word }: { head: string; word: string }) =>
  `${word}：${CLASSES.find((of) => of.head === head)?.title ?? head}`

/** Lines, those that the draft brings or takes marked as such. */
export function changesOf(before: readonly string[], after: readonly string[], none: string): Html {
  if (before.length + after.length === 0) return html`<p class="soft">${none}</p>`
  return html`<ul>${after.map((line) =>
    before.includes(line)
      ? html`<li>${line}</li>`
      : html`<li><ins>${line}</ins> <span class="tag">草稿带来</span></li>`,
  )}${before
    .filter((line) => !after.includes(line))
    .map((line) => html`<li><del>${line}</del> <span class="tag">草稿去掉</span></li>`)}</ul>`
}

function addForm({ list, q, filled, faults, texts }: ListPage): Html {
  return html`${faults.length > 0 && html`<div class="notice" role="alert">${faults.map((fault) => html`<p>${fault}</p>`)}</div>`}
<form method="post" action="/desk/words/${list}/add#add">
<input type="hidden" name="q" value="${q}"><input type="hidden" name="replaces" value="${filled['replaces']}">
<input type="hidden" name="section" value="${filled['section']}">
${FORMS[list](filled, texts)}
<p><button class="main">放进草稿</button>${filled['replaces'] && html` <a href="/desk/words/${list}?q=${encodeURIComponent(q)}">不改了</a>`}</p></form>`
}

const field = (filled: Filled, name: string, label: Part, more: Part = '') =>
  html`<label for="${name}">${label}</label><input id="${name}" name="${name}" value="${filled[name]}"${more}>`

const FORMS: Readonly<Record<ListName, (filled: Filled, texts: Both<Texts>) => Html>> = {
  thesaurus: (filled) => html`${field(filled, 'said', '百姓的说法（几个词之间空一格）')}
${field(filled, 'written', '报纸和公文的写法')}
<p><label class="inline"><input type="checkbox" name="both" value="1"${filled['both'] && html` checked`}> 意思完全一样，反过来也找</label></p>
<p class="soft">词越具体越好；太宽的词（发展、工作、情况）不要写。</p>`,
  gazetteer: (filled, { after }) => html`${field(filled, 'province', '省', html` list="provinces"`)}
<datalist id="provinces">${wordsWith(after)
    .gazetteer.places.filter(({ level }) => level === 'province')
    .map(({ name }) => html`<option value="${name}"></option>`)}</datalist>
${field(filled, 'city', '市（直辖市写它自己）')}
${field(filled, 'county', '县、区（要加的是市本身就空着）')}
${field(filled, 'alias', '别的叫法，如旧名（没有就空着）')}
<p class="soft">名字就是日常用语的（如“和平”“平安”）容易认错，加之前先在上面试几句。</p>`,
  governors: (filled) => html`<label for="class">类</label>
<select id="class" name="class"><option value="">选一类</option>${CLASSES.map(
    ({ head, title, about }) =>
      html`<option value="${head}"${head === filled['class'] && html` selected`}>${title}：${about} ${head}</option>`,
  )}</select>
${field(filled, 'word', '词')}
<label for="right">✓ 起作用的例句，一行一句，【】标出那个分句</label>
<textarea id="right" name="right" placeholder="【若有变动】，另行通知">${filled['right']}</textarea>
<label for="wrong">✗ 有这个词而不起作用的例句（可空）</label>
<textarea id="wrong" name="wrong" placeholder="【若干企业落户】，带动就业">${filled['wrong']}</textarea>`,
}
