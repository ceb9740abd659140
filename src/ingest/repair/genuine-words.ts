/**
 * Words in which a character that may stand for a shifted symbol is itself, by that character. What
 * follows a `!` in a word's entry are characters that, standing after it, show that it is no word
 * (遥控 is one, 遥控制 is 。 and 控制); what stands before `?` must not precede it (方法院 is 方法 and ：).
 */
const WORDS: Readonly<Record<string, string>> = {
  袁: '袁世凯 袁绍 袁术 袁隆平 袁枚 袁崇焕 袁宏道 袁宗道 袁中道 袁桷 袁克 袁姓 袁氏 袁家 袁庄 袁州 袁某 袁寨 袁营 袁楼 袁桥 袁军 袁袁 姓袁 袁大头 袁安 袁甲三 袁腾飞 袁咏仪 袁和平 袁泉 袁阔成 袁谭 袁尚 袁熙 袁江 袁宏 袁牧之 袁伟民 袁鹰 袁殊 袁水拍 袁弘 袁姗姗 袁雪芬 袁惟仁 袁晓超 袁心玥 袁玉堂 袁振国 袁行霈 袁老 袁公 袁督师 袁浦',
  遥: '遥远!处离方东 遥控!制股告 遥感!谢觉到受动人情染恩悟知谓叹冒 遥测!试量算定绘评 遥望 遥遥 遥想!要到法让起 遥相 遥不可及 遥祝 遥寄 遥领 遥距 逍遥 路遥 之遥 遥授 遥拜 遥指 遥见 遥夜 遥无 迢遥 遥祭 遥信 遥调',
  尧: '尧舜 尧帝 唐尧 尧都 尧王 帝尧 尧庙 尧山 尧典 尧天 尧禹 尧治河 尧乡 尧时 尧化门 尧塔 龙尧 隆尧 尧建',
  院: '研究院 研院 方?办?看?做?想?说?用?书?语?立?宪?法院 医院 学院 检察院 察院 务院 院长 院士 院校 院子!弟 院所 院落 寺院 剧院 影院 戏院 书院 科学院 科院 四合院 住院 入院 出院 转院 院内 院外 院系 院企 校院 院校 院区 病院 产院 养老院 敬老院 老院 福利院 利院 孤儿院 儿院 上院 下院 参议院 众议院 议院 参院 众院 两院 两院制 全院 本院 该院 我院 在院 贵院 分院 总院 画院 庭院 大院 小院 后院 前院 宅院 深宅大院 僧院 修道院 道院 修院 神学院 理学院 中院 高院 一院 二院 三院 县院 市院 省院 院地 院县 院市 院政 院墙 院门 院线 院刊 院史 院务 院方 院感 院前 院里 院中 院部 院党 院制 院级 院团 院坝 院本 院体 监察院 立法院 行政院 司法院 考试院 枢密院 翰林院 林院 都察院 元老院 贵族院 最高院 设计院 计院 规划院 划院 干休院 妓院 名院 建院 办院 强院 兴院 太医院 社科院 工程院 中科院 农科院 党校院 进院 离院 送院 医院院 歌剧院 音乐院 音院 艺术院 术院 女院 男院 禅院 庵院 宫院 三院区 院办 院友 院歌 院训 院徽 院址 院士 博物院 物院 杂院 学院院 场院 高等院 等院 科技院 院会 试验院 院领导 院风 院规 院感',
  曰: '子曰 诗曰 书曰 又曰 名曰 谥曰 号曰 对曰 答曰 问曰 叹曰 笑曰 赞曰 论曰 语曰 谓曰 其一曰 一曰 二曰 三曰 四曰 五曰 名之曰 美其名曰 序曰 铭曰 诏曰 奏曰 疏曰 注曰 传曰 记曰 谚曰 古曰 歌曰 令曰 王曰 帝曰 公曰 祖曰 宗曰 之曰 或曰 故曰 曰若 曰归 皆曰 字曰 乃曰 言曰 告曰 怒曰 骂曰 呼曰 上曰',
  钥: '钥匙 密钥 公钥 私钥 锁钥 钥匠',
  浴: '沐浴 淋浴 浴室 浴场 浴缸 洗浴 浴血 桑拿浴 日光浴 浴巾 浴池 浴火 浴佛 泡浴 浴盆 卫浴 药浴 海水浴 浴衣 森林浴 浴桶 出浴 入浴 浴堂 水浴 光浴 浴德 冷浴 热浴 蒸浴 混浴 浴液 浴帘 浴霸 汤浴 油浴 砂浴',
  噎: '因噎废食 噎住 哽噎 噎嗝 噎膈 噎食 噎死 噎着 噎人',
  窑: '窑洞 砖窑 瓷窑 官窑 汝窑 钧窑 哥窑 定窑 龙窑 窑厂 窑炉 窑址 煤窑 窑变 窑口 石灰窑 灰窑 窑工 窑湾 窑村 土窑 瓦窑 窑场 窑业 窑系 窑具 窑神 窑床 窑室 窑火 耀州窑 州窑 越窑 建窑 磁窑 黑窑 老窑 窑子 窑头 窑沟 炉窑 回转窑 转窑 窑尾 隧道窑 道窑 窑街 大窑 古窑 民窑 御窑 窑岭 窑坡 窑店 窑上 柴窑 窑烧 窑内 窑镇',
  姻: '婚姻 姻亲 联姻 姻缘 姻娅 姻族',
  野: '田野 视野 野生 野外 野蛮 野心 分野 朝野 原野 荒野 旷野 野菜 野战 野猪 野兽 野草 野餐 野营 野史 狂野 在野 粗野 山野 绿野 郊野 野炊 野性 野花 野鸡 野果 野狗 野马 野人 野火 野鸭 野鸟 野兔 野牛 野望 野趣 野游 野钓 野味 野党 野村 野田 野山 野川 野口 野比 野上 野原 野谷 野泽 野球 野城 野坂 野元 野际 野狼 野狐 野猫 野象 野驴 野蜂 野葡萄 野百合 野玫瑰 野菊 野蚕 野合 野孩 野种 野鬼 野路 野县 野市 野郡 野町 野火 野台 野柳 野三坡 野人谷 野王 野乃 野美 上野 长野 浅野 小野 水野 高野 星野 中野 平野 佐野 河野 矢野 荻野 吉野 熊野 大野 松野 冈野 北野 宫野 草野 今野 久野 真野 鹿野 牧野 菅野 日野 天野 永野 狩野 武野 庄野 嘉野 芳野 茅野 梅野 东野 西野 南野 前野 内野 外野 越野 四野 一野 二野 三野 春野 秋野 广野 早野 奥野 关野 细野 清野 藤野 桑野 若野 宇野 海野 竹野 木野 森野 榛野 塙野 绫野 栗野 伊野 淡野 柏野 篠野 樱野 沙野 沢野 泽野 飞野 植野 丰野 尾野 牡野 碧野 巨野 新野 钜野 萧野 稗野 旷野',
  冶: '冶金 冶炼 陶冶 冶铁 冶铜 大冶 妖冶 冶游 冶艳 冶山 冶力关 冶勒 中冶 锻冶 鬼冶 冶银 冶铸 欧冶 公冶 冶源 坑冶 有冶 冶矿 冶锻',
  叶: '树叶 茶叶 绿叶 叶片 叶子!弟 红叶 落叶 枝叶 百叶 叶轮 肺叶 末叶 中叶 初叶 荷叶 烟叶 枫叶 竹叶 杏叶 针叶 阔叶 叶酸 叶绿 叶剑英 叶挺 叶利钦 叶县 叶问 千叶 一叶 叶尔羌 叶卡 柳叶 桑叶 茎叶 叶面 叶脉 叶柄 叶形 叶缘 叶状 叶腋 叶背 叶端 叶基 叶尖 叶鞘 叶舌 叶轴 叶序 叶芽 叶痕 叶肉 叶色 叶长 叶宽 叶互生 叶对生 叶轮生 小叶 大叶 单叶 复叶 羽叶 托叶 苞叶 鳞叶 嫩叶 老叶 新叶 枯叶 黄叶 青叶 基生叶 生叶 叶生 叶纸质 叶革质 叶草质 叶厚 叶薄 叶圣陶 叶圣 叶赫 叶家 叶庄 叶氏 叶姓 叶公 叶集 叶城 叶德 叶飞 叶选 叶海亚 叶门 叶夫 叶甫 叶戈 叶琳 叶连 叶里 双叶 子叶 前叶 后叶 额叶 颞叶 顶叶 枕叶 脑叶 叶岛 肝叶 扇叶 转叶 花叶 三叶 四叶 五叶 多叶 贝叶 菜叶 草叶 松叶 蕉叶 莲叶 芦叶 苇叶 椰叶 麻叶 榕叶 香叶 艾叶 紫叶 银叶 金叶 玉叶 卷叶 全叶 叶蝉 叶螨 叶甲 叶蜂 叶斑 叶锈 叶菜 叶黄素 叶枯 叶病 叶总 叶下 叶上 叶先端 叶两面 叶二 叶丛 叶层 叶簇 叶冠 叶包 叶间 叶数 叶期 叶龄 叶茎 叶簇 叶芹 叶兰 叶树 叶林 叶植物 叶轻 草叶 叶榕 叶螺 叶猴 叶鼻',
  曳: '摇曳 拖曳 曳引 曳光 牵曳 曳步 曳尾 曳航 曳船 曳力 弃甲曳兵 曳兵 曳网',
  渊: '渊源 深渊 渊博 渊薮 临渊 颜渊 陶渊明 渊明 李渊 刘渊 澶渊 天渊 渊深 九渊 渊盖 太渊 渊默 渊谷 渊泉 潜渊 虞渊 龙渊 文渊 子渊 之渊 渊海 渊圣 学渊 鱼渊 广渊 王渊 渊阁 渊喜 剑渊 家学渊 渊雅 天之渊 灵渊 鲁渊 志渊 伯渊 渊之 霍渊 罪渊',
  冤: '冤枉 冤案 冤屈 申冤 喊冤 冤家 冤魂 含冤 伸冤 蒙冤 鸣冤 冤情 冤假错案 平冤 沉冤 雪冤 冤狱 冤死 诉冤 冤仇 冤大头 冤句 衔冤 洗冤 叫冤 冤孽 冤罪 冤鬼',
  耶: '耶稣 耶路 耶律 耶鲁 耶和华 耶拿 耶尔 耶夫 耶克 耶夏 耶娜 耶维 耶柳 耶娃 耶德 巴耶 耶诞 伽耶 佛耶 耶波 耶里 耶利 耶纳 耶斯 耶茨 耶城 耶卢 萨耶 玛耶 马耶 赫耶 卡耶 莫耶 迪耶 罗耶 米耶 拉耶 塔耶 梅耶 舍耶 若耶 那耶 摩耶 阿耶 沙耶 亚耶 耶弗 耶哈 耶罗 耶佐 奥耶 布耶 济耶 耶旺 谢耶 特耶 维耶 安耶 希耶 毗耶 加耶 达耶 洛耶 伊耶 切耶 纳耶 耶魔 耶马',
  爷: '爷爷 老爷 大爷 少爷 王爷 爷们 师爷 姥爷 太爷 侯爷 二爷 三爷 四爷 五爷 六爷 七爷 八爷 九爷 佛爷 爷孙 爷儿 公爷 千岁爷 万岁爷 财神爷 神爷 关爷 城隍爷 隍爷 灶王爷 土地爷 娘爷 干爷 祖爷 伯爷 舅爷 叔爷 官爷 爷子 府爷 天爷 道爷 军爷 龙爷 相爷 县爷 爷王 千爷',
  掖: '张掖 奖掖 扶掖 掖县 掖庭 诱掖 提掖 掖着 掖进 扶掖 宫掖',
  腋: '腋下 腋窝 腋生 叶腋 腋毛 腋臭 腋芽 腋动脉 腋静脉 腋神经 腋前 腋后 腋中 肘腋 集腋 腋部 腋花 腋淋巴',
  液: '液体 血液 液化 溶液 液晶 液态 液压 唾液 体液 津液 汁液 药液 液氮 液位 液氢 液氧 废液 母液 粘液 黏液 精液 胃液 组织液 细胞液 输液 补液 浓缩液 营养液 口服液 服液 液相 电解液 解液 乳液 胶液 液面 毒液 玉液 洗液 滤液 料液 原液 毒液 酒液 液滴 清液 浆液 消化液 化液 冷却液 液冷 液泡 液泵 液流 液缸 液力 泪液 胆液 沼液 液肥 水溶液 染液 腺液 渗滤液 提取液 悬浮液 培养液 淋巴液 巴液 静脉液',
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

/** A word that covers `text[index]`. */
export interface Cover {
  readonly start: number
  readonly end: number
}

/** The longest known word in which the character at `index` is itself, or null. */
export function genuineWord(text: string, index: number): Cover | null {
  let longest: Cover | null = null
  for (const { word, at, notBefore, notAfter } of ENTRIES.get(text[index]!) ?? []) {
    const start = index - at
    const end = start + word.length
    if (start < 0 || !text.startsWith(word, start)) continue
    if (start > 0 && notBefore.includes(text[start - 1]!)) continue
    if (end < text.length && notAfter.includes(text[end]!)) continue
    if (!longest || end - start > longest.end - longest.start) longest = { start, end }
  }
  return longest
}
