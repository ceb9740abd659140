import { expect, test } from 'vitest'
import { isWebFurniture, withoutButtons } from '../../src/ingest/web-furniture.ts'

test.each([
  '分享到：微信 微博',
  '当前位置：首页 > 要闻',
  '上一篇：新泵站通水',
  '版权所有 柳泉网 柳ICP备11111111号',
  '【打印】【关闭窗口】',
  '大 中 小',
  '浏览次数：86',
  '2人收藏',
  '字体：【大 中 小】',
  '—— | ——',
  '您当前所在的位置：首页 > 要闻 > 正文',
  '您是第 - 位访客',
  '打开微信，使用“扫一扫”把网页分享至朋友圈。',
  '长按识别二维码关注',
])('%s stands around an article', (line) => expect(isWebFurniture(line)).toBe(true))

test.each([
  '登录县政务服务网，填写申请表。',
  '注册资本100万元以上的企业可以申请。',
  '推荐企业参加评审，由镇政府初审。',
  '举报电话：12345',
  '扫描二维码申请的，三个工作日内办结。',
  '点击“企业服务”栏目办理。',
  '声明：县水务局从未委托中介收费。',
  '主办单位：县水务局',
  '下一步，县里将再建两座泵站。',
  '收藏级展品48件。',
  '2人',
  '12',
  '2020\t12\t30',
  '中\t3',
  '打开微信，搜索“柳泉医保”小程序，按提示填报。',
  '微信扫一扫下方二维码，即可查看附近的网点。',
  '您是第一次参保的，到镇政府登记。',
  '未经许可使用公共设施的，责令改正。',
  '网站管理人员每日核对一次。',
  '位置：柳泉路12号',
  '办理ICP备案的，提交申请表。',
])('%s is text', (line) => expect(isWebFurniture(line)).toBe(false))

test('a line of labels goes without the words of buttons', () => {
  expect(withoutButtons('2021-04-09 来源：柳泉日报 举报')).toBe('2021-04-09 来源：柳泉日报')
})
