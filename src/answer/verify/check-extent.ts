import { aligned } from './align-clauses.ts'
import type { PolarityProblem } from './polarity-problem.ts'

/** Words that may not be gained, and the words by which a quote may say the same. */
const GUARDED: readonly (readonly [PolarityProblem['kind'], RegExp, RegExp])[] = [
  [
    'restriction',
    /仅限|只限|限于|只能|只有|唯一|(?<!不)仅(?=[\p{Script=Han}\d])|只(?=对|面向|针对|给|支持|收)/u,
    /(?<!不)仅|(?<!不)只(?![要需])|限于|限制|唯一/u,
  ],
  [
    'obligation',
    /必须|务必|应当|须(?!知)|强制|不得/u,
    /必须|务必|应(?![对用急届收付])|须|(?<![需重主只想])要(?![求素点闻是件么])|(?<![只无不])需(?!求)|不得|严禁|强制|确保/u,
  ],
  [
    'extent',
    /全部|所有|一律|完全|全面|百分之百|任何|永久|(?<!延)长期/u,
    /全部|所有|一律|完全|全面|都|均|各|全|任何|每|永久|长期|凡|皆/u,
  ],
  [
    'plan',
    /已经?(?:全部|全面|基本)?(?:完成|建成|竣工|投产|投用)/u,
    /已|完成|建成|竣工|投产|投用|落地|成功|实现|率先|了/u,
  ],
  ['past', /曾|此前|以前|过去/u, /曾|此前|以前|过去|原|从前|以往|当时|年/u],
  ['plan', /明年|今后|即将|将来/u, /明年|今后|将|下一步|拟|计划|预计|未来|年底/u],
  ['extent', /暂时|暂(?=[无不免])|临时/u, /暂|临时/u],
  ['extent', /据说|或许|可能|未必|不一定|几乎/u, /据说|或|可能|未必|不一定|几乎|近|约/u],
  ['extent', /首[个家次批例创]|率先|第一[家个批]/u, /首|率先|第一|第1/u],
  ['extent', /最高(?!\d)/u, /最/u],
  ['extent', /最低(?!\d)/u, /最/u],
  ['extent', /最[大多长好快早](?!\d)/u, /最/u],
  ['extent', /最[小少短差慢晚](?!\d)/u, /最/u],
  ['extent', /国家级/u, /国家|全国/u],
  ['extent', /省级/u, /省/u],
  ['extent', /市级/u, /市/u],
  ['extent', /县级/u, /县|区/u],
  ['extent', /全国/u, /全国|国家|国内|中国/u],
  ['extent', /全省/u, /省/u],
  ['extent', /全球|世界/u, /全球|世界|国际/u],
]

/** Exceptions, restrictions, obligations and extents that a text has and its quotes have not. */
export function checkExtent(
  statement: string,
  evidence: readonly string[],
  asked: string,
): PolarityProblem[] {
  return [
    ...exceptions(statement, evidence),
    ...guardedWords(statement, evidence, asked),
    ...hedges(statement, evidence),
  ]
}

const EXCEPTION =
  /除(?!了?[^，。；]{0,20}[，,][^，。；]{0,12}(?:也|还|又|同时))了?(?!尘|草|夕|险|此之)[^，。；]{1,20}?(?:之外|以外|外)?(?=[，,]|都|均|一律)/u

function exceptions(statement: string, evidence: readonly string[]): PolarityProblem[] {
  const inEvidence = evidence.some((e) => EXCEPTION.test(e))
  const inStatement = /除|以外|之外|例外|不含|不包括/.test(statement)
  if (inEvidence && !inStatement && /都|均|一律|全部|所有|皆/.test(statement)) {
    return [
      {
        kind: 'exception',
        detail: 'the quote makes an exception (除…外) that the text leaves out',
      },
    ]
  }
  const gained = EXCEPTION.test(statement) || /除外|例外|不含|不包括/u.test(statement)
  if (gained && !evidence.some((e) => /除(?!了?尘|草|夕|险)|以外|之外|例外|不含|不包括/u.test(e))) {
    return [{ kind: 'exception', detail: 'the text makes an exception that no quote makes' }]
  }
  return []
}

function guardedWords(
  statement: string,
  evidence: readonly string[],
  asked: string,
): PolarityProblem[] {
  const printed = evidence.join('\n')
  return GUARDED.filter(
    ([, said, means]) => said.test(statement) && !means.test(printed) && !said.test(asked),
  ).map(([kind, said]) => ({ kind, detail: `no quote says "${said.exec(statement)?.[0]}"` }))
}

const HEDGES = /基本|大体|部分|大多|多数|初步|逐步|试点/u

const sweeps = (said: string, source: string) =>
  /全部|完全|全面|所有|一律|彻底/u.test(said) &&
  /基本(?!面|单|养|医|公|建设)|部分|大多|多数|初步|逐步|试点/u.test(source)

/** 已基本实现 is not 已实现. */
function sure(said: string, source: string): boolean {
  const verb = /(?:基本|初步)(实现|完成|建成|形成|消除|满足|解决|达到)/u.exec(source)?.[1]
  return verb !== undefined && said.includes(verb)
}

/** What the quote says of most, the text says of all: 基本实现, 全面实现. */
function hedges(statement: string, evidence: readonly string[]): PolarityProblem[] {
  return aligned(statement, evidence)
    .filter(
      ({ said, source }) => !HEDGES.test(said) && (sweeps(said, source) || sure(said, source)),
    )
    .map(({ said, source }) => ({
      kind: 'extent' as const,
      detail: `"${said}" goes beyond "${source}"`,
    }))
}
