/** What a person is told the same at every door, beside what answers say. */
export const EXAMPLES = [
  '没有抵押物，能用专利贷款吗？',
  '新建的厂子怎么申请用电，要交钱吗？',
  '小微企业缺资金，有什么扶持？',
] as const

/** What answers are, and what they are not. */
export const WHAT_ANSWERS_ARE =
  '我只转述报纸登过的话：报道不等于政策文件，办事请以主管部门的答复为准；报道没写的，我会直说没有。'

/** What staff may keep of a question: no more than its words, and whatever else is erased. */
export const KEPT_FOR_CHECKING =
  '工作人员可能把问题留作检查回答的题目，只留问题本身，不留是谁问的；这样的题目不随您的记录删除。'

export const SAID = {
  gone: '这条回答的资料已经清除，请重新提问。',
  thanks: '谢谢，已记下。',
  complaintKept: '谢谢，已交给工作人员。',
  unknownPlace: '没有认出这个地名，请写市或县的名称，例如：濮阳市、台前县。',
  placeSet: (place: string) => `所在地设为${place}。问到“咱市”“我县”时，按这里找。`,
  placeCleared: '已取消所在地。',
  forgotten: '您的记录已全部删除。',
  tooFast: (seconds: number) => `问得有点快，请过 ${seconds} 秒再问。`,
} as const
