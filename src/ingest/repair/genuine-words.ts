/**
 * Words in which a character that may stand for a shifted symbol is itself, by that character. What
 * follows a `!` in a word's entry are characters that, standing after it, show that it is no word
 * (遥控 is one, 遥控制 is 。 and 控制); what stands before `?` must not precede it (方法院 is 方法 and ：).
 */
const WORDS: Readonly<Record<string, string>> = {
  袁: '袁世凯 袁绍!兴 袁隆平 袁崇焕 袁宏道 袁宗道 袁中道 袁甲三 袁咏仪 袁阔成 袁牧之 袁伟民 袁水拍 袁雪芬 袁惟仁 袁振国 袁行霈 袁督师 袁大头 袁枚 袁姓',
  遥: '遥远!处离方东销程江洋 遥控!制股告 遥感!谢觉到受动人情染恩悟知谓叹冒 遥测!试量算定绘评 遥望 遥遥领先 遥遥无期 遥遥相 遥想!要到法让起 遥相呼应 遥相辉映 遥相对望 遥不可及 遥祝 逍遥 路遥知马力 步之遥 里之遥 米之遥 尺之遥 墙之遥 钟之遥 迢遥 遥无期 遥不可',
  尧: '尧舜 唐尧时 唐尧虞 尧都区 尧典 尧天舜日 尧化门 隆尧县 尧舜禹',
  院: '研究院 场院 研究生院 人民法院 地方法院 级法院 寺院 创院院长 音乐院 大理院 南院大王 北院大王 医院 学院 检察院 察院 国务院 科学院 院士!兵气官 院校 院子!弟女公项 院所!有以在谓属 院落!实地后 剧院 影院 戏院 四合院 住院 入院 出院 院内!容部外地 院外!围国部 院系!统列数 院企!业 院区!域别分 院线!路上下 院史!料 院务 院墙 院门 院感!谢到受动觉人 院领导 院党委 院党组 院政!府策治务 养老院 敬老院 福利院 孤儿院 儿童院 少?童院 参议院 众议院 参院 众院 上议院 下议院 代表院 贵族院 元老院 监察院 行政院 考试院 枢密院 翰林院 都察院 太医院 设计院 规划院 勘察院 干休院 社科院 工程院 中科院 农科院 林科院 卫生院 疗养院 博物院 修道院 神学院 禅院 庭院 大杂院 大院 后院!来 前院!士 道?僧院 妓院 名门?宅院 市中院 省高院 分院!别为成 总院 画院 市?两院!个种年次者国人地家岸百千万名位座 两院院士 全院!部国面体市 该院 我院!们国 在院 贵院 校院 科研院 高等院 高校院 重点院 门诊院 医?转院 法?进院 产业院 技术院 电影院 歌剧院 大剧院 建院!设筑议成 办院!法理公事 院办!理公法 院地合 院地共 院地!区方理处点 院办校 院县合作 院市合作 省?院地合作 院风 院训 院友 院刊 院坝 院团!结队体员 跨院 三院区 冷宫?宫院 讲武?武院 深院 满院 小院!学 老院!师 农家院 院里!面程 院坝会 院中院 院长!度期江安春三城远约沙 方?办?看?做?想?说?用?书?语?宪?玩?算?打?译?写?手?学?法院 证?图?文?画?用?说?书院 会?决?建?提?协?动?倡?商?议院 一院制 两院制 提?更?高院 任?职院 精神病院',
  曰: '美其名曰 名之曰 谥曰 又曰 或曰 子曰诗 答曰 叹曰 笑曰 赞曰 皆曰 曰若 诗曰 谚曰',
  钥: '钥匙 密钥 公钥 私钥 锁钥 钥匠',
  浴: '沐浴 淋浴 浴室 浴场 浴缸 洗浴 浴血 桑拿浴 日光浴 浴巾 浴池 浴火 浴佛 泡浴 浴盆 卫浴 药浴 海水浴 浴衣 森林浴 浴桶 浴堂 浴德 浴液 浴帘 浴霸 汤浴 浴袍 共浴 蒸汽浴 温泉浴',
  噎: '因噎废食 噎住 哽噎 噎嗝 噎膈 噎食 噎死 噎着 噎人',
  窑: '窑洞 砖窑 瓷窑 官窑 汝窑 钧窑 哥窑 定窑 龙窑 窑厂 窑炉 窑址 煤窑 窑变 窑口 灰窑 窑工 窑湾 窑村 土窑 瓦窑 窑场 窑业 窑系 窑具 窑床 窑室 窑火 州窑 越窑 建窑 磁窑 黑窑 老窑 窑头 窑沟 炉窑 转窑 窑尾 道窑 窑街 古窑 民窑 御窑 窑岭 窑店 柴窑 窑烧 窑镇 陶窑',
  姻: '婚姻 姻亲 联姻 姻缘 姻娅 姻族',
  辕: '轩辕 辕门 南辕 车辕 辕马 行辕 辕北',
  摇: '摇摆 动摇 摇篮 摇头 飘摇 摇号 摇曳 摇滚 摇椅 招摇 扶摇 摇身 摇晃 摇钱 摇橹 摇奖 摇臂 摇动 摇落 摇铃 摇旗 摇摇欲 摇摇晃 风雨摇 摇尾 摇光 摇把 摇杆 步摇 摇蜜 摇撼 摇匀 摇床 摇中 摇一摇',
  野: '武藏野 与野市 与野站 田野 视野 野生 野外 野蛮 野心 分野 朝野 原野 荒野 旷野 野菜 野战 野猪 野兽 野草 野餐 野营 野史 狂野 在野 粗野 山野 绿野 郊野 野炊 野性 野花 野鸡 野果 野狗 野马 野人 野火 野鸭 野鸟 野兔 野牛 野望 野趣 野游 野钓 野味 野党 野村 野田 野山 野川 野口 野比 野上 野原 野谷 野泽 野球 野城 野坂 野元 野际 野狼 野狐 野猫 野象 野驴 野蜂 野葡萄 野百合 野玫瑰 野菊 野蚕 野合 野孩 野种 野鬼 野路 野县 野市 野郡 野町 野台 野柳 野三坡 野人谷 野王 野乃 野美 上野 长野 浅野 小野 水野 高野 星野 中野 平野 佐野 河野 矢野 荻野 吉野 熊野 大野 松野 冈野 北野 宫野 草野 今野 久野 真野 鹿野 牧野 菅野 日野 天野 永野 狩野 武野 庄野 嘉野 芳野 茅野 梅野 东野 西野 南野 前野 内野 外野 越野 四野 一野 二野 三野 春野 秋野 广野 早野 奥野 关野 细野 清野 藤野 桑野 若野 宇野 海野 竹野 木野 森野 榛野 塙野 绫野 栗野 伊野 淡野 柏野 篠野 樱野 沙野 沢野 泽野 飞野 植野 丰野 尾野 牡野 碧野 巨野 新野 钜野 萧野 稗野',
  冶: '冶金 冶炼 陶冶 冶铁 冶铜 大冶 妖冶 冶游 冶艳 冶山 冶力关 冶勒 中冶 锻冶 鬼冶 冶银 冶铸 欧冶 公冶 冶源 坑冶 有冶 冶矿 冶锻',
  叶: '树叶 茶叶 绿叶 叶片 叶子!弟 红叶 落叶 枝叶 百叶 叶轮 肺叶 末叶 中叶 初叶 荷叶 烟叶 枫叶 竹叶 杏叶 针叶 阔叶 叶酸 叶绿 叶剑英 叶挺 叶利钦 叶县 叶问 千叶 叶尔羌 叶卡 柳叶 桑叶 茎叶 叶面 叶脉 叶柄 叶形 叶缘 叶状 叶腋 叶背 叶端 叶基 叶尖 叶鞘 叶舌 叶轴 叶序 叶芽 叶痕 叶肉 叶色 叶互生 叶对生 叶轮生 小叶 大叶 单叶 复叶 羽叶 托叶 苞叶 鳞叶 嫩叶 老叶 新叶 枯叶 黄叶 青叶 基生叶 生叶 叶生 叶纸质 叶革质 叶草质 叶圣陶 叶圣 叶赫 叶家 叶庄 叶氏 叶姓 叶公 叶城 叶德 叶飞 叶选 叶海亚 叶夫 叶甫 叶戈 叶琳 叶连 双叶 子叶 额叶 颞叶 顶叶 枕叶 脑叶 叶岛 肝叶 扇叶 转叶 花叶 三叶 四叶 五叶 贝叶 菜叶 草叶 松叶 蕉叶 莲叶 芦叶 苇叶 椰叶 麻叶 榕叶 香叶 艾叶 紫叶 银叶 金叶 玉叶 卷叶 叶蝉 叶螨 叶甲 叶蜂 叶斑 叶锈 叶菜 叶黄素 叶枯 叶病 叶两面 叶丛 叶簇 叶冠 叶期 叶龄 叶茎 叶芹 叶兰 叶榕 叶螺 叶猴 叶鼻',
  曳: '摇曳 拖曳 曳引 曳光 牵曳 曳步 曳尾 曳航 曳船 曳力 弃甲曳兵 曳兵 曳网',
  渊: '渊源 深渊 渊博 渊薮 临渊 颜渊 陶渊明 渊明 李渊 刘渊 澶渊 天渊 渊深 九渊 渊盖 太渊 渊默 渊谷 渊泉 潜渊 虞渊 文渊 鱼渊 渊阁 家学渊 渊雅 天之渊 霍渊',
  冤: '冤枉 冤案 冤屈 申冤 喊冤 冤家 冤魂 含冤 伸冤 蒙冤 鸣冤 冤假错案 平冤 沉冤 雪冤 冤狱 冤死 诉冤 冤仇 冤大头 枉死的冤 冤句 洗冤 叫冤 冤孽 冤罪 冤鬼 衔冤负屈 冤情!节况形景',
  耶: '耶稣 耶路 耶律 耶鲁 耶和华 耶拿 耶尔 耶夫 耶克 耶夏 耶娜 耶维 耶柳 耶娃 耶德 巴耶 耶诞 伽耶 佛耶 耶波 耶里 耶利 耶纳 耶斯 耶茨 耶城 耶卢 萨耶 玛耶 马耶 赫耶 卡耶 莫耶 迪耶 罗耶 米耶 拉耶 塔耶 梅耶 舍耶 若耶 那耶 摩耶 阿耶 沙耶 亚耶 耶弗 耶哈 耶罗 耶佐 奥耶 布耶 济耶 耶旺 谢耶 特耶 维耶 安耶 希耶 毗耶 加耶 达耶 洛耶 伊耶 切耶 纳耶 耶魔 耶马',
  爷: '爷爷 老爷 大爷 少爷 王爷 爷们 师爷 姥爷 太爷 侯爷 二爷 三爷 四爷 五爷 六爷 七爷 八爷 九爷 佛爷 爷孙 爷儿 公爷 千岁爷 万岁爷 财神爷 神爷 关爷 城隍爷 隍爷 灶王爷 土地爷 娘爷 干爷 祖爷 伯爷 舅爷 叔爷 官爷 爷子 府爷 天爷 道爷 军爷 龙爷 相爷 县爷 爷王 千爷',
  掖: '张掖 奖掖 扶掖 掖县 掖庭 诱掖 提掖 掖着 掖进 宫掖',
  腋: '腋下 腋窝 腋生 叶腋 腋毛 腋臭 腋芽 腋动脉 腋静脉 腋神经 腋前 腋后 腋中 肘腋 集腋 腋部 腋花 腋淋巴',
  液: '液体 血液 液化 溶液 液晶 液态 液压 唾液 体液 津液 汁液 药液 液氮 液位 液氢 液氧 废液 母液 粘液 黏液 精液 胃液 组织液 细胞液 输液 补液 浓缩液 营养液 口服液 服液 液相 电解液 解液 乳液 胶液 液面 毒液 玉液 洗液 滤液 料液 原液 酒液 液滴 清液 浆液 消化液 化液 冷却液 液冷 液泡 液泵 液流 液缸 液力 泪液 胆液 沼液 液肥 水溶液 染液 腺液 渗滤液 提取液 悬浮液 培养液 淋巴液 巴液 静脉液',
  揖: '作揖 揖让 长揖 一揖 打揖 开门揖盗 拜揖 揖盗 揖别',
  铱: '铱星 铂铱 铱矿 锇铱 铱金 金属铱 铱层 铱异 铱合',
}

/** A word, how far into it the character stands, and what must not stand before and after it. */
interface Entry {
  readonly word: string
  readonly at: number
  readonly notBefore: string
  readonly notAfter: string
}

const ENTRIES: ReadonlyMap<string, readonly Entry[]> = new Map(
  Object.entries(WORDS).map(([character, words]) => [
    character,
    words
      .split(' ')
      .filter((entry) => entry !== '')
      .flatMap((entry) => entriesOf(character, entry)),
  ]),
)

/** For each character, those that stand beside it in its words; most signs have neither beside them. */
const NEIGHBOURS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...ENTRIES].map(([character, entries]) => [
    character,
    new Set(
      ['\n', '\r', ...entries.flatMap(({ word, at }) => [word[at - 1], word[at + 1]])].filter(
        (n) => n !== undefined,
      ),
    ),
  ]),
)

function entriesOf(character: string, entry: string): Entry[] {
  const [front = '', notAfter = ''] = entry.split('!')
  const word = front.slice(front.lastIndexOf('?') + 1)
  const notBefore = front.slice(0, front.length - word.length).replaceAll('?', '')
  return [...word.matchAll(new RegExp(character, 'g'))].map(({ index }) => ({
    word,
    at: index,
    notBefore,
    notAfter,
  }))
}

/** How far a word may reach to either side, in characters; and over how wide a break of lines. */
const REACH = 6
const BREAK = 6

/**
 * The longest known word in which the character at `index` is itself, as the characters of it that
 * stand before and behind; or null. A word may be cut by the end of a line.
 */
export function genuineWord(text: string, index: number): { before: number; after: number } | null {
  const entries = ENTRIES.get(text[index]!)
  const neighbours = NEIGHBOURS.get(text[index]!)
  if (!entries || !neighbours) return null
  if (!neighbours.has(text[index - 1] ?? '\n') && !neighbours.has(text[index + 1] ?? '\n'))
    return null
  const front = joinLines(text.slice(Math.max(0, index - REACH - BREAK), index)).slice(-REACH)
  const back = joinLines(text.slice(index + 1, index + 1 + REACH + BREAK)).slice(0, REACH)
  const around = front + text[index]! + back
  let longest: { before: number; after: number } | null = null
  for (const { word, at, notBefore, notAfter } of entries) {
    const start = front.length - at
    if (start < 0 || !around.startsWith(word, start)) continue
    if (start > 0 && notBefore.includes(around[start - 1]!)) continue
    const end = start + word.length
    if (end < around.length && notAfter.includes(around[end]!)) continue
    const after = word.length - at - 1
    if (!longest || at + after > longest.before + longest.after) longest = { before: at, after }
  }
  return longest
}

function joinLines(text: string): string {
  return text.includes('\n') ? text.replaceAll(/\s*\n\s*/g, '') : text
}
