import { chinaTime } from '../../china-time.ts'
import { sizeText } from '../../size-text.ts'
import { type Html, type Part, html } from '../../web/html.ts'
import { deskPage } from '../desk-page.ts'
import { ARTICLES_SCRIPT, ARTICLES_STYLES } from './articles-style.ts'
import { askedText } from './asked.ts'
import { doubtsIn, explainedPart, neighboursPart } from './explained-part.ts'
import { faultPart, problemsPart } from './said-part.ts'
import { MOST_MEGABYTES, type Upload, type UploadLook } from './uploads.ts'

/** Where files are handed in, and those that wait. */
export function uploadsPage(who: string, waiting: readonly Upload[], fault?: string): Html {
  return deskPage({
    room: 'articles',
    who,
    title: '上传文件',
    styles: ARTICLES_STYLES,
    main: html`<p><a href="/desk/articles">← 全部来源文件</a></p>
<h1>上传文件</h1>
${fault && html`<p class="notice" role="alert">${fault}</p>`}
<form method="post" action="/desk/articles/upload" enctype="multipart/form-data">
<label for="file">把文件拖到这里，或者点开选择；可以一次选几个，合起来不超过 ${MOST_MEGABYTES} MB</label>
<input id="file" name="file" type="file" multiple required>
<p><button class="main">上传</button> <span class="soft">先看读得对不对，再决定是否收录；没有决定的一天后清掉。</span></p>
</form>
${
  waiting.length > 0 &&
  html`<section aria-labelledby="waiting"><h2 id="waiting">等着收录的</h2><div class="scroll"><table class="files">
<thead><tr><th scope="col">文件</th><th scope="col">大小</th><th scope="col">上传时间</th><th scope="col">处理</th></tr></thead>
<tbody>${waiting.map(
    (
      upload,
    ) => html`<tr><td><a href="/desk/articles/upload/${upload.id}">${upload.name}</a></td><td>${sizeText(upload.size)}</td><td class="soft">${chinaTime(upload.at)}</td>
<td><form method="post" action="/desk/articles/upload/${upload.id}/drop"><button>扔掉</button></form></td></tr>`,
  )}</tbody></table></div></section>`
}`,
  })
}

export interface UploadPage {
  readonly who: string
  readonly upload: Upload
  readonly look: UploadLook
  readonly fault?: string | undefined
}

/** A file as it is read, before anybody takes it in. */
export function uploadPage({ who, upload, look, fault }: UploadPage): Html {
  const { explanation, would } = look
  const doubts = explanation ? doubtsIn(explanation) : 0
  const path = `/desk/articles/upload/${upload.id}`
  return deskPage({
    room: 'articles',
    who,
    title: upload.name,
    styles: ARTICLES_STYLES,
    scripts: [ARTICLES_SCRIPT],
    main: html`<p><a href="/desk/articles/upload">← 上传文件</a></p>
<h1>${upload.name} <small>${sizeText(upload.size)}，还没有收录</small></h1>
${fault && html`<div class="notice" role="alert">没有收录：${faultPart({ isGone: false, said: fault })}</div>`}
${wouldHtml(would)}
<div class="row">
${would.fault === null && html`<form method="post" action="${path}/take"><button class="main">收录</button></form>`}
<form method="post" action="${path}/drop"><button>扔掉</button></form>
</div>
${explanation && neighboursPart(explanation, (asked) => `${path}?${askedText(asked)}`)}
${doubts > 0 && html`<p>存疑 ${doubts} 处，<a href="#d1">从第一处看起</a>。</p>`}
${explanation && explainedPart(explanation)}`,
  })
}

function wouldHtml(would: UploadLook['would']): Part {
  if (would.fault !== null)
    return html`<div class="notice">读不了，不能收录：${faultPart({ isGone: false, said: would.fault })}</div>`
  const { articles, passages, reprints, problems } = would
  return html`<p class="notice">会收录 ${articles} 篇，${passages} 段${reprints > 0 && `；另有 ${reprints} 篇别的来源文件已经收录，只记下出处`}。</p>
${problems.length > 0 && html`<div class="notice">会跳过一些：${problemsPart(problems)}</div>`}`
}
