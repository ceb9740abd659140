/**
 * All that the doctor says, in Chinese, for whoever runs 问策. What stands in brackets may be a library's or our
 * own log's words, in English. No secret is among what is put in: hosts, never addresses.
 */
import type { FailureReason } from '../../answer/model/failure.ts'
import { called, installed } from '../called.ts'
import { broken, fine, look } from './check.ts'

const SLOW_MODEL = `本地模型第一次要先加载，多给些时间再看：${called('doctor', '--seconds 90')}；还是慢，换小一点的模型`
const ADDRESS = '核对 OPENAI_BASE_URL（多半以 /v1 结尾）和 CHAT_MODEL'
const AGAIN = `再运行一次 ${called('doctor')}`
const READ = called('ingest', '文件夹')
const { settings: SETTINGS, serve: SERVE, watch: WATCH } = installed()
const TAKE_OUT = called('ingest', '--remove 文件')

export const SAY = {
  late: (seconds: number) =>
    look(
      'late',
      `${seconds} 秒里没有看完`,
      `机器忙，或者对方慢；多给些时间再看：${called('doctor', `--seconds ${seconds * 6}`)}`,
    ),
  offline: () => fine('offline', '没有问（--offline）'),
  failed: (why: string) =>
    broken('failed', `看不成（${why}）`, `${AGAIN}；还是这样，请把这一行报给开发者`),

  settings: {
    wrong: (fault: string) =>
      broken(
        'settings-wrong',
        `有一项写错了（${fault}）`,
        `改 ${SETTINGS} 里的这一项；改好之前程序不启动，下面按没有设这一项来看`,
      ),
    doubtful: (notice: string) =>
      look('settings-doubtful', `有一行可能写错了（${notice}）`, `看看 ${SETTINGS}`),
    proxy: (why: string) => broken('settings-proxy', why, '改 HTTPS_PROXY、HTTP_PROXY'),
    read: () => fine('settings-read', '都读得懂'),
    index: (where: string) => fine('settings-index', `索引在${where}`),
    model: (model: string, host: string) =>
      fine('settings-model', `由语言模型 ${model}（${host}）挑选句子`),
    noModel: () =>
      fine('settings-no-model', '没有设 CHAT_MODEL：由程序自己挑选句子，不花钱，也不把问题送出去'),
    noBudget: () =>
      look(
        'settings-no-budget',
        'BUDGET_MODEL_CALLS_PER_DAY 是 0：设了模型，却一次也不用',
        '想用模型就给一个数，例如 2000',
      ),
    embedding: (model: string, host: string) =>
      fine('settings-embedding', `检索用向量模型 ${model}（${host}）和字词一起找`),
    noEmbedding: () => fine('settings-no-embedding', '没有设 EMBEDDING_MODEL：检索只按字词'),
    polling: () => fine('settings-polling', 'Telegram 机器人：自己去取消息，不需要公网地址'),
    webhook: (host: string) =>
      fine('settings-webhook', `Telegram 机器人：消息由 Telegram 送到 ${host}`),
    noTelegram: () =>
      fine('settings-no-telegram', '没有设 TELEGRAM_BOT_TOKEN：不是 Telegram 机器人'),
    allowed: (chats: number) => fine('settings-allowed', `只有 ${chats} 个对话可以用这个机器人`),
    staff: (people: number) => fine('settings-staff', `出了事会告诉 ${people} 位工作人员`),
    noStaff: () =>
      look(
        'settings-no-staff',
        '没有设 TELEGRAM_STAFF：磁盘满了、消息收不到时，没有人会在 Telegram 里收到通知',
        '把管理员自己的编号写进 TELEGRAM_STAFF',
      ),
    web: (rooms: string) => fine('settings-web', `网页：${rooms}`),
    noWeb: () => fine('settings-no-web', '没有网页、工作台和接口'),
    keeps: (days: number) =>
      fine(
        'settings-keeps',
        days > 0
          ? `提问保存 ${days} 天，到期自动删除`
          : 'KEEP_QUESTIONS_DAYS 是 0：提问不写入磁盘，关注（/follow）也就没有',
      ),
    plainHttp: () =>
      look(
        'settings-plain-http',
        'PUBLIC_URL 不是 https：工作台的口令和读者的提问在路上谁都看得见',
        '在前面放 nginx 或 Caddy，见 docs/operate.zh.md',
      ),
    unchecked: () =>
      broken(
        'settings-unchecked',
        'NODE_TLS_REJECT_UNAUTHORIZED=0：谁都可以冒充 Telegram 和模型',
        '去掉它；自己的证书机构写进 NODE_EXTRA_CA_CERTS',
      ),
  },

  disk: {
    none: (folder: string) => fine('disk-none', `${folder} 还没有，第一次运行时建`),
    noFolder: (folder: string) =>
      broken('disk-no-folder', `${folder} 不是文件夹`, '移开它，或把 WENCE_DATA_DIR 设到别处'),
    denied: (path: string, me: string, owner: string) =>
      broken(
        'disk-denied',
        `${path} 读写不了：它属于用户 ${owner}，现在是用户 ${me}`,
        `用那个用户运行，或者 chown -R ${me} 给现在的用户`,
      ),
    readOnly: (path: string) =>
      broken(
        'disk-read-only',
        `${path} 在只读的磁盘上`,
        '重新挂载成可写；磁盘出错也会变成只读，先看 dmesg',
      ),
    unwritable: (folder: string, why: string) =>
      broken('disk-unwritable', `${folder} 试着写了一下，写不进去`, why),
    open: (path: string) =>
      look('disk-open', `${path} 这台机器上的别人也读得到`, `chmod o= ${path}`),
    shared: (folder: string, type: string) =>
      broken(
        'disk-shared',
        `${folder} 在共享的文件系统上（${type}），数据库会损坏或者一直锁着`,
        '把 WENCE_DATA_DIR 设到这台机器自己的磁盘',
      ),
    passing: (folder: string, type: string) =>
      broken(
        'disk-passing',
        `${folder} 在${type}，容器一删、机器一重启就没有了`,
        '给它挂一个卷，或把 WENCE_DATA_DIR 设到磁盘上',
      ),
    room: (free: string, type: string, taken: string) =>
      fine('disk-room', `还有 ${free} 空（${type}），数据占 ${taken}`),
    little: (free: string, needed: string) =>
      look(
        'disk-little',
        `只剩 ${free} 空：重建索引、备份和恢复要先有 ${needed}`,
        '腾出空间，或换大一点的磁盘',
      ),
    full: (free: string) =>
      broken(
        'disk-full',
        `只剩 ${free} 空：新的提问快要收不下了`,
        '马上腾出空间；已收下的提问不会丢',
      ),
    noFiles: () =>
      broken('disk-no-files', '磁盘上不能再建文件了（inode 用完）', '删掉大量的小文件'),
    setAside: (files: string) =>
      look(
        'disk-set-aside',
        `留着损坏过的文件：${files}`,
        '程序已经自己恢复；看过之后可以删掉。一再出现，请查磁盘和内存条',
      ),
    sizes: (sizes: string) => fine('disk-sizes', sizes),
  },

  databases: {
    none: () => fine('databases-none', '还没有，第一次运行时建'),
    whole: (name: string, size: string, log: string, version: number) =>
      fine('databases-whole', `${name} 完好：${size}，日志 ${log}，第 ${version} 版`),
    damaged: (name: string, why: string) =>
      broken(
        'databases-damaged',
        `${name} 坏了（${why}）`,
        '重启程序：它会把坏的改名为 .damaged，救回能读的，索引自动重建；缺的从备份恢复，见 docs/operate.zh.md',
      ),
    newer: (name: string, version: number) =>
      broken(
        'databases-newer',
        `${name} 是更新的程序写的（第 ${version} 版），这一版不碰它`,
        '换回那个更新的版本',
      ),
    older: (name: string, version: number) =>
      fine('databases-older', `${name} 是旧版写的（第 ${version} 版），下次启动时自动升级`),
    longLog: (name: string, log: string) =>
      look(
        'databases-long-log',
        `${name} 的日志有 ${log}，一直没有并回去`,
        '重启程序就会并回；还是这样，看看有没有别的程序一直开着这个文件',
      ),
    unread: (name: string, why: string) =>
      broken('databases-unread', `${name} 打不开（${why}）`, '看看文件的主人和权限'),
    unfinished: (name: string, size: string, seconds: number) =>
      look(
        'databases-unfinished',
        `${name} 有 ${size}，${seconds} 秒里没有看完`,
        called('doctor', `--seconds ${seconds * 6}`),
      ),
  },

  index: {
    none: () =>
      look(
        'index-none',
        '还没有索引：第一次启动时建，有 seeds/ 就先读里面的样本',
        `读入自己的报纸：${READ}`,
      ),
    empty: () => look('index-empty', '索引里还没有文章', `读入报纸：${READ}`),
    filled: (articles: number, passages: number, newest: string) =>
      fine('index-filled', `${articles} 篇文章、${passages} 个段落，最新一篇是 ${newest} 的`),
    stale: (newest: string) =>
      look(
        'index-stale',
        `最新的一篇是 ${newest} 的，两周以前了`,
        '看看报纸还有没有送来，收录的程序有没有停',
      ),
    older: () =>
      look('index-older', '索引是旧版建的，下次启动时自动重建', '照常启动即可；文章多时要等一会儿'),
    newer: () => broken('index-newer', '索引是更新的程序建的，这一版不碰它', '换回那个更新的版本'),
    foreign: () =>
      look(
        'index-foreign',
        '索引的位置上是别的程序的数据库',
        '下次启动时它会改名为 .other，索引重建',
      ),
    unread: (why: string) =>
      broken('index-unread', `索引读不出（${why}）`, '重启程序：它会自动重建'),
    lost: () => look('index-lost', '索引比读入的记录旧，最后写的不见了', '重启程序：它会自动重建'),
    filling: () =>
      look(
        'index-filling',
        '上次建索引没有建完，或正在建',
        '正在启动就等一等；没有在启动，下次启动会接着建',
      ),
    ledger: (files: number) => fine('index-ledger', `记得读过 ${files} 个文件`),
    again: (files: number) =>
      look('index-again', `有 ${files} 个文件要再读一遍`, `${READ} 会再读它们`),
    gone: (files: number, example: string) =>
      look(
        'index-gone',
        `读过的文件有 ${files} 个不在原处了（例如 ${example}），重建索引时就没有它们`,
        `放回原处（在容器里要挂同一个文件夹）；真的不要了，用 ${TAKE_OUT} 取出`,
      ),
    closed: (files: number, folder: string, code: string) =>
      broken(
        'index-closed',
        `读过的文件有 ${files} 个现在看不到：用户 ${process.getuid?.()} 进不了 ${folder}（${code}）`,
        'EACCES 是没有权限：用 chmod 或 chown 让这个用户进得去、读得到；别的多半是磁盘出错，看 dmesg。它们还在索引里，不要取出',
      ),
    reader: (behind: number, looked: number) =>
      look(
        'index-reader',
        `抽看 ${looked} 个文件，有 ${behind} 个是旧版程序读的`,
        `${READ} 会用新版再读一遍`,
      ),
    words: (fault: string) =>
      look(
        'index-words',
        `词表里有一行读不懂（${fault}）`,
        '在工作台的“用词”里改，或改数据目录的 words/',
      ),
    problems: (problems: number) =>
      look('index-problems', `有 ${problems} 行没有读懂`, `看是哪些：${READ}，或工作台的“文章”`),
    inQdrant: () => fine('index-in-qdrant', '索引在 Qdrant 里，见下'),
  },

  watching: {
    none: () => fine('watching-none', `没有在持续收录：新报纸要自己读入，${READ}`),
    alive: (folders: string, files: number, waiting: number, changed: string) =>
      fine(
        'watching-alive',
        `一直看着 ${folders}：${files} 个文件，${waiting} 个在等着读；上次收录是 ${changed}`,
      ),
    silent: (since: string) =>
      look(
        'watching-silent',
        `持续收录的程序停了，最后一次有动静是 ${since}`,
        `启动它：${WATCH}；不想要了就不用管`,
      ),
    trouble: (what: string, since: string) =>
      broken(
        'watching-trouble',
        `从 ${since} 起收录不成：${what}`,
        '照这句话做；好了以后它自己接着读',
      ),
    missing: (folders: string) =>
      broken(
        'watching-missing',
        `文件夹不在了：${folders}`,
        '看看名字有没有写错、磁盘有没有挂上；里面读过的报道还留在索引里',
      ),
    closed: (paths: string) =>
      broken(
        'watching-closed',
        `在那里，可是收录的程序读不了：${paths}`,
        'EACCES 是没有权限：用 chmod 或 chown 让它的用户进得去、读得到；别的多半是磁盘出错，看 dmesg。里面的报道还留在索引里，不要取出',
      ),
    heldBack: (folders: string) =>
      look(
        'watching-held-back',
        `文件一下子少了很多，先没有从索引里取出：${folders}`,
        `磁盘没有挂上就挂上；真的不要了，运行 ${READ}`,
      ),
    failed: (files: number, examples: string) =>
      look(
        'watching-failed',
        `有 ${files} 个文件读不成${examples}`,
        '照括号里说的改好，它自己会再读；别的在收录程序的日志里',
      ),
    addresses: (failed: number, listed: number) =>
      look(
        'watching-addresses',
        `清单里有 ${listed} 个网址；连同它们列出的，有 ${failed} 个上次没有取到`,
        '看收录程序的日志；不再有的网址从清单里去掉',
      ),
  },

  backups: {
    none: () =>
      look(
        'backups-none',
        '还没有备份过',
        `每天备份一次：${called('backup', '--keep 14 文件夹')}，放到另一块磁盘上，见 docs/operate.zh.md`,
      ),
    fresh: (at: string, file: string, size: string) =>
      fine('backups-fresh', `最近一次是 ${at}：${file}（${size}）`),
    old: (at: string, file: string, size: string) =>
      look(
        'backups-old',
        `三天没有备份了，最近一次是 ${at}：${file}（${size}）`,
        '看看每天备份的任务还在不在',
      ),
    gone: (file: string) =>
      look('backups-gone', `${file} 不在了`, '移走了就不用管；不是您移的，再备份一次'),
    missing: (files: number) =>
      look(
        'backups-missing',
        `备份时有 ${files} 个读过的文件已不在原处，没有备份进去`,
        '看上面“索引”说它们是读不到还是不在了，照那里做',
      ),
  },

  qdrant: {
    unreached: (host: string, why: string) =>
      broken('qdrant-unreached', `连不上 ${host}${why}`, '启动 Qdrant，或改 QDRANT_URL'),
    slow: (host: string) =>
      broken('qdrant-slow', `${host} 没有及时回答`, '看 Qdrant 的日志和机器忙不忙'),
    key: (host: string) => broken('qdrant-key', `${host} 不认密钥`, '核对 QDRANT_API_KEY'),
    other: (host: string) =>
      broken('qdrant-other', `在 ${host} 回答的不是 Qdrant`, '核对 QDRANT_URL'),
    refused: (host: string, status: number) =>
      broken('qdrant-refused', `${host} 回答 ${status}`, '看 Qdrant 的日志'),
    old: (version: string, least: string) =>
      broken('qdrant-old', `Qdrant ${version} 太旧，至少要 ${least}`, '升级 Qdrant'),
    untried: (version: string, tried: string) =>
      look(
        'qdrant-untried',
        `Qdrant ${version} 比试过的 ${tried} 新`,
        '多半没有问题；出了问题，先换回试过的版本',
      ),
    version: (version: string, host: string) =>
      fine('qdrant-version', `Qdrant ${version}（${host}）`),
    none: (alias: string) =>
      look('qdrant-none', `还没有 ${alias}`, `读入报纸：${READ}；有备份就恢复它`),
    foreign: (name: string) =>
      broken('qdrant-foreign', `${name} 不是本程序建的`, '把 QDRANT_COLLECTION 设成别的名字'),
    otherVersion: (name: string) =>
      broken(
        'qdrant-other-version',
        `${name} 是另一版程序建的，这一版读不懂`,
        '把 QDRANT_COLLECTION 设成别的名字，重新读入',
      ),
    shape: (name: string, why: string) =>
      broken(
        'qdrant-shape',
        `${name} 被改过，不是本程序建的样子（${why}）`,
        '删掉它重新读入，或换一个 QDRANT_COLLECTION',
      ),
    behind: (name: string) =>
      look(
        'qdrant-behind',
        `${name} 是按另一个向量模型或旧版分词建的，暂时只按字词找`,
        '重新读入全部报纸，读全后自动换上',
      ),
    filled: (name: string, articles: number, newest: string) =>
      fine('qdrant-filled', `${name}：${articles} 篇文章，最新一篇是 ${newest} 的`),
    uncounted: (name: string, articles: number) =>
      fine('qdrant-filled', `${name}：${articles} 篇文章以上，时间到了，没有数完`),
    green: () => fine('qdrant-green', '集合正常，没有在整理的'),
    yellow: () => fine('qdrant-yellow', '集合正在整理（optimizing），读写照常，会慢一点'),
    grey: () =>
      look('qdrant-grey', '集合等着整理（grey）：重启后还没有写过', '不用管；下一次读入后就会整理'),
    red: (why: string) =>
      broken('qdrant-red', `集合出错了${why}`, '看 Qdrant 的日志；恢复快照，或删掉集合重新读入'),
    limits: (limits: string) =>
      look('qdrant-limits', `开了严格模式：${limits}`, '读写若被拒绝，放宽这些限制'),
    alone: () => fine('qdrant-alone', '单机，不是集群'),
    cluster: (peers: number) => fine('qdrant-cluster', `集群 ${peers} 个节点都在`),
    clusterIll: (why: string) =>
      broken(
        'qdrant-cluster-ill',
        `集群有问题：${why}`,
        '看那个节点的机器和日志，见 docs/scale.md',
      ),
    shards: (bad: number, states: string) =>
      look(
        'qdrant-shards',
        `有 ${bad} 份分片不在用（${states}）`,
        '节点回来后会自己补齐；一直不好，看 Qdrant 的日志',
      ),
  },

  chat: {
    answered: (said: string, seconds: string, format: string) =>
      fine(
        'chat-answered',
        `答了“${said}”，用了 ${seconds} 秒，格式 ${format}（这一问花一次调用）`,
      ),
    slow: (said: string, seconds: string) =>
      look(
        'chat-slow',
        `答了“${said}”，可是用了 ${seconds} 秒（这一问花一次调用）`,
        '读者等不了这么久：换快一点的模型，或关掉它的思考；超过 CHAT_TIMEOUT_MS 就由程序自己挑选句子',
      ),
    odd: (said: string) =>
      look(
        'chat-odd',
        `答非所问：“${said}”（这一问花一次调用）`,
        '换一个能按要求输出 JSON 的模型；这样的回答会由程序自己挑选句子来代替',
      ),
    failed: (why: string, detail: string, todo: string) =>
      broken('chat-failed', `${why}（${detail}；这一问花一次调用）`, todo),
  },

  /** Why nothing came from the model, and what to do. */
  chatFailures: {
    budget: { why: '今天的额度用完了', todo: '明天再看' },
    aborted: { why: '没有等到回答', todo: SLOW_MODEL },
    timeout: { why: '没有及时回答', todo: SLOW_MODEL },
    silence: { why: '一直没有动静', todo: SLOW_MODEL },
    unreachable: { why: '连不上', todo: '启动它，或改 OPENAI_BASE_URL；要走代理就设 HTTPS_PROXY' },
    unauthorized: { why: '不认密钥', todo: '核对 OPENAI_API_KEY' },
    rate_limited: { why: '问得太多了，或者钱用完了', todo: '等一会儿；到服务商那里看余额和限额' },
    server_error: { why: '它自己出错了', todo: '等一会儿；还是这样，看它的日志或找服务商' },
    bad_request: { why: '不接受这样问', todo: ADDRESS },
    cut: { why: '回答到一半断了，或者根本不是回答', todo: ADDRESS },
    refused: { why: '拒绝回答', todo: '换一个模型，或找服务商看内容审查' },
    too_long: { why: '写得太长', todo: '换一个能按要求输出 JSON 的模型' },
    too_much_sent: {
      why: '读不下这么多',
      todo: '给模型长一点的上下文（8192），Ollama 用 OLLAMA_CONTEXT_LENGTH',
    },
    empty: { why: '什么也没写', todo: '换一个模型，或关掉它的思考' },
    malformed: { why: '没有按要求写', todo: '换一个能按要求输出 JSON 的模型' },
    unverified: { why: '写的不是对话里的话', todo: '换一个模型' },
  } satisfies Record<FailureReason, { readonly why: string; readonly todo: string }>,

  embedding: {
    answered: (length: number, seconds: string) =>
      fine(
        'embedding-answered',
        `给了 ${length} 个数的向量，用了 ${seconds} 秒（这一问花一次调用）`,
      ),
    other: (length: number, kept: number) =>
      broken(
        'embedding-other',
        `给了 ${length} 个数的向量，存着的是 ${kept} 个：换过模型了（这一问花一次调用）`,
        `换回原来的模型；要换新的，把 vectors.sqlite 移开，再 ${READ}`,
      ),
    failed: (why: string) =>
      broken(
        'embedding-failed',
        `用不了（${why}；这一问花一次调用）`,
        '照括号里说的改；在那之前检索只按字词',
      ),
  },

  telegram: {
    unreached: (host: string, why: string) =>
      broken(
        'telegram-unreached',
        `连不上 ${host}${why}`,
        '国内的机器要设 HTTPS_PROXY，或用 TELEGRAM_API_ROOT 指到自己的 Bot API 服务器',
      ),
    token: () =>
      broken(
        'telegram-token',
        'Telegram 不认这个 token',
        '到 @BotFather 取现在的 token，写进设置后重启',
      ),
    refused: (said: string) => broken('telegram-refused', `Telegram 说：${said}`, '过一会儿再看'),
    me: (username: string, inline: boolean, group: boolean) =>
      fine(
        'telegram-me',
        `@${username}；在别的对话里提问（inline）${inline ? '开着' : '关着，要开就对 @BotFather 发 /setinline'}；${group ? '看得到群里所有的话' : '群里只看得到叫它的话'}`,
      ),
    flowing: () => fine('telegram-flowing', '没有等着的消息'),
    waiting: (count: number) =>
      look(
        'telegram-waiting',
        `有 ${count} 条消息等着`,
        '机器人没有在运行，或忙不过来；过一会儿再看，还在增加就看它的日志',
      ),
    taken: (host: string) =>
      look(
        'telegram-taken',
        `设置是自己去取消息，可是登记着 webhook（${host}），消息都送到那里去了`,
        '启动机器人会取消它；如果那不是您的程序，到 @BotFather 换一个 token',
      ),
    noWebhook: () =>
      broken(
        'telegram-no-webhook',
        '设置了 webhook，Telegram 那里却没有登记',
        '启动机器人就会登记；一再不见，说明有别的程序用同一个 token',
      ),
    otherWebhook: (host: string) =>
      broken(
        'telegram-other-webhook',
        `登记的 webhook 在 ${host}，不是设置的那个`,
        '重启机器人会改回来；如果那不是您的程序，到 @BotFather 换一个 token',
      ),
    fails: (waiting: number, why: string) =>
      broken(
        'telegram-fails',
        `Telegram 送不到 webhook，有 ${waiting} 条消息等着；它说：${why}`,
        '看前面的代理、证书和防火墙；Telegram 只认 443、80、88、8443 端口',
      ),
    failed: (when: string, why: string) =>
      look(
        'telegram-failed',
        `webhook 在 ${when} 没有送到过：${why}`,
        '现在没有等着的消息；一再出现，看前面的代理',
      ),
  },

  web: {
    serves: (port: number) => fine('web-serves', `端口 ${port} 上本程序在运行，可以回答`),
    notReady: (port: number, why: string) =>
      look('web-not-ready', `端口 ${port} 上本程序在运行，但还答不了：${why}`, '照这句话做'),
    degraded: (port: number, why: string) =>
      look('web-degraded', `端口 ${port} 上本程序在运行，回答差一些：${why}`, '照这句话做'),
    free: (port: number, contained: boolean) =>
      contained
        ? fine(
            'web-free',
            `端口 ${port} 空着：这个容器里没有在运行（在别的容器里运行，这里看不到）`,
          )
        : look('web-free', `端口 ${port} 空着：程序现在没有在运行`, `启动它：${SERVE}`),
    other: (port: number, who: string) =>
      broken(
        'web-other',
        `端口 ${port} 上运行的是另一个问策，用的是别的数据目录${who}`,
        '停掉那一个，或把 PORT 设成别的',
      ),
    taken: (port: number, who: string) =>
      broken('web-taken', `端口 ${port} 被别的程序占着${who}`, '停掉那个程序，或把 PORT 设成别的'),
    silent: (port: number, who: string, seconds: number) =>
      look(
        'web-silent',
        `端口 ${port} 上的程序 ${seconds} 秒没有回话，可能就是问策自己（太忙或卡住了）${who}`,
        '过一会儿再看；一直这样，看它的日志，重启它',
      ),
    publicWorks: (host: string) => fine('web-public', `${host} 打得开`),
    publicFails: (host: string, why: string) =>
      look(
        'web-public-fails',
        `从这里打不开 PUBLIC_URL（${host}${why}）`,
        '用手机打开试试；也打不开，看代理、证书和域名',
      ),
    trust: () =>
      look(
        'web-trust',
        '在容器里，TRUSTED_PROXIES 却没有设：所有读者会被当成同一个人，一起限速',
        '写上代理所在的网段，例如 172.16.0.0/12',
      ),
  },

  clock: {
    right: (span: string, host: string) => fine('clock-right', `和 ${host} 相差 ${span}`),
    off: (span: string, host: string) =>
      look(
        'clock-off',
        `比 ${host} ${span}`,
        '对时：timedatectl set-ntp true。回答里的日期以 Telegram 的时间为准，不受影响；日志和备份的时间会不对',
      ),
    unasked: () => fine('clock-unasked', '没有可以对时的服务器'),
    zone: (zone: string, china: string) =>
      fine('clock-zone', `时区 ${zone}；回答一律按北京时间，现在是 ${china}`),
    noZone: () => broken('clock-no-zone', '这个 Node 不知道北京时间', '换成 npm ci 装来的 Node 24'),
  },

  machine: {
    node: (version: string) => fine('machine-node', `Node ${version}`),
    oldNode: (version: string, least: string) =>
      look(
        'machine-old-node',
        `Node ${version} 比试过的旧，代理要 ${least}`,
        '换成 npm ci 装来的 Node 24',
      ),
    memory: (limit: string, free: string) => fine('machine-memory', `内存 ${limit}，可用 ${free}`),
    littleMemory: (limit: string, answering: string, reading: string) =>
      look(
        'machine-little-memory',
        `内存只有 ${limit}：回答要 ${answering}，同时读入再要 ${reading}`,
        '加内存，或放宽容器的限制；不够时，大的文件会读不成',
      ),
    proxy: (host: string) => fine('machine-proxy', `代理 ${host} 连得上`),
    proxyFails: (host: string, why: string) =>
      broken(
        'machine-proxy-fails',
        `代理 ${host} 连不上${why}`,
        '启动代理，或改 HTTPS_PROXY、HTTP_PROXY',
      ),
    noProxy: () => fine('machine-no-proxy', '不用代理'),
  },
} as const
