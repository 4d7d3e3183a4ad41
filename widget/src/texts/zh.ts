import type { Texts } from './texts';

export const zh: Texts = {
  gap: '',
  title: '在线客服',
  greeting: '您好，请问有什么可以帮您？',
  openChat: (unread) => (unread === 0 ? '打开会话' : `打开会话，${unread} 条未读消息`),
  closeChat: '收起会话',
  talk: '会话',
  latest: '回到最新消息',

  connecting: '连接中…',
  lost: '网络已断开，正在重连…',
  lostKept: '网络已断开。您写的内容已保留，恢复后自动发送。',
  ended: {
    refused: '此页面暂不提供在线客服。',
    outdated: '客服程序已更新，请刷新页面。',
    broken: '客服程序出了点问题，您写的内容已保留。',
  },
  tryAgain: '重试',

  inLine: '排队中',
  ahead: (people) => (people === 0 ? '下一位就是您' : `前面还有 ${people} 位`),
  about: (minutes) =>
    minutes === null ? '，超过 1 小时' : minutes === 0 ? '，不到 1 分钟' : `，大约 ${minutes} 分钟`,
  waitReason: {
    arrived: '客服都在接待中，请稍候。',
    agent_lost: '客服的网络断开了，您已排在队首。',
    agent_left: '客服有事离开了，您已排在队首。',
    bounced: '客服未能及时应答，您已排在队首。',
  },
  unstaffed: '最后一位客服刚刚离开，您的位置会保留一小会儿。',
  writeAlready: '您可以先写下问题，客服接入后就能看到。',

  agentAway: '网络断开，座席为您保留',
  typing: '正在输入…',

  missed: '请留言',
  missedReason: {
    nobody_on_duty: '现在没有客服当值。',
    everyone_left: '客服都已下班，抱歉让您久等。',
    line_full: '现在排队的人太多了。',
    waited_too_long: '抱歉，一直没有空闲的客服。',
    guest_left: '轮到您之前，您离开了。',
  },
  back: (when) => `我们将于${when}恢复服务。`,
  chatNow: '立即咨询',
  onDutyNow: '现在有客服当值。',
  formMessage: '留言内容',
  formContact: '邮箱或电话',
  formContactHint: '您离开页面后，我们也能联系到您。',
  formName: '称呼（选填）',
  formSend: '提交留言',
  formKept: '留言已收到。怎样联系您？',
  formSave: '保存',
  formDone: '谢谢！回复会出现在这里，我们也会尽快与您联系。',

  over: '会话已结束',
  closedBy: {
    agent: '客服结束了会话',
    guest: '您结束了会话',
    guest_left: '您离开后，会话已结束',
  },
  startNew: '开始新会话',
  leave: '结束会话',
  leaveLine: '退出排队',
  leaveAsk: '要结束这次会话吗？',
  leaveLineAsk: '要放弃排队吗？',
  leaveNo: '继续',

  seated: (agent) => `${agent} 为您服务`,

  message: '消息',
  placeholder: '请输入消息…',
  send: '发送',
  tooLong: (count, max) => `${count} / ${max} 字`,
  full: '未发送的消息太多了，恢复连接后会自动发送。',

  mark: { sending: '发送中', sent: '已发送', delivered: '已送达', seen: '已读' },
  failed: (code) => (code === 'too_long' ? '未发送：内容过长。' : '未发送。'),
  retry: '重试',
  discard: '删除',
  from: (name) => `${name}：`,
  you: '您',

  today: '今天',
  yesterday: '昨天',
};
