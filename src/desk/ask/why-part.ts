/** Why an answer is as it is: what was told and what nearly, by its features; stage by stage with its times. */
import { featureText } from '../../answer/pick/learned/feature-texts.ts'
import { type Considered, consideredIn } from '../../answer/pick/learned/explain.ts'
import { readWeights } from '../../answer/pick/learned/weights.ts'
import type { Answer, TraceStage } from '../../corpus.ts'
import { standingsOf } from '../../answer/cite.ts'
import { type Html, html } from '../../web/html.ts'

const STAGES: Readonly<Record<string, string>> = {
  courtesy: '寒暄',
  retrieve: '检索',
  context: '取材',
  words: '按权重选句',
  model: '模型选句',
  tell: '转述',
  alone: '试着单独问',
  notices: '提示',
}

/** From which probability on something is told; read when it is first shown. */
let likely: number | undefined
/** Features beyond these bring next to nothing. */
const MOST_FEATURES = 12

const percent = (share: number) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)}%`
const signed = (n: number) => `${n < 0 ? '−' : '+'}${Math.abs(n).toFixed(2)}`

export function whyPart(answer: Answer): Html {
  const { probability, considered } = consideredIn(answer)
  const { trace = [] } = answer
  likely ??= readWeights().thresholds.likely
  const standings = standingsOf(answer)
  /** What became of a sentence: it may come with another, or from another place's own answer. */
  function outcome({ told, passageId, articleId, start }: Considered): string {
    if (told) return '选了'
    const standing = standings.find((one) => one.passageId === passageId && one.start === start)
    if (!standing) return '没选'
    if (!answer.statements.some(({ citations }) => citations.includes(standing.n)))
      return '提示里说了'
    return considered.some((one) => one.told && one.articleId === articleId)
      ? '随上一句带出'
      : '另一地的回答'
  }
  return html`<details class="why-part">
<summary><h2>为什么是这几句</h2></summary>
${
  probability !== null &&
  html`<p>报道能回答这个问题的可能性：<strong>${percent(probability)}</strong>（低于 ${percent(likely)} 就不答）。</p>`
}
${answer.mode === 'model' && html`<p>这次由模型 ${answer.model} 选句；下面是按权重会怎样选。</p>`}
${considered.map((one) => consideredPart(one, outcome(one)))}
<details><summary>每一步</summary>
<p class="soft">共 ${answer.ms.toFixed(0)} 毫秒</p>
${trace.map(stagePart)}
</details>
</details>`
}

function consideredPart({ text, share, score, features }: Considered, outcome: string): Html {
  return html`<details class="considered">
<summary><strong>${outcome}</strong> <span class="soft">把握 ${percent(share)}</span> ${text}</summary>
<p class="soft">得分 ${score.toFixed(2)}</p>
<div class="scroll"><table>
<thead><tr><th scope="col">特征</th><th scope="col">值</th><th scope="col">加减分</th></tr></thead>
<tbody>${features
    .slice(0, MOST_FEATURES)
    .map(
      ({ name, value, brought }) =>
        html`<tr><td>${featureText(name)}</td><td>${value.toFixed(2)}</td><td class="${brought < 0 ? 'bad' : 'good'}">${signed(brought)}</td></tr>`,
    )}</tbody>
</table></div>
</details>`
}

function stagePart({ stage, ms, ...gave }: TraceStage): Html {
  // The table above says it better.
  const shown = { ...gave, explain: undefined }
  return html`<details>
<summary>${STAGES[stage] ?? stage} <span class="soft">${ms.toFixed(1)} 毫秒</span></summary>
<pre class="scroll" tabindex="0">${JSON.stringify(shown, null, 1)}</pre>
</details>`
}
