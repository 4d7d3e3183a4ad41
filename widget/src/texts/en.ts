import type { Texts } from './texts';

export const en: Texts = {
  gap: ' ',
  title: 'Customer service',
  greeting: 'Hello! What can we do for you?',
  openChat: (unread) =>
    unread === 0 ? 'Open chat' : `Open chat, ${unread} unread ${unread === 1 ? 'message' : 'messages'}`,
  closeChat: 'Close chat',
  talk: 'Conversation',
  latest: 'Go to the latest message',

  connecting: 'Connecting…',
  lost: 'No connection. Trying again…',
  lostKept: 'No connection. What you wrote is kept and sent when you are back online.',
  ended: {
    refused: 'This chat is not available on this page.',
    outdated: 'The chat has been updated. Please reload the page.',
    broken: 'Something went wrong with the chat. What you wrote is kept.',
  },
  tryAgain: 'Try again',

  inLine: 'You are in line',
  ahead: (people) =>
    people === 0 ? 'You are next' : people === 1 ? '1 person ahead of you' : `${people} people ahead of you`,
  about: (minutes) =>
    minutes === null ? ', more than an hour' : minutes === 0 ? ', under a minute' : `, about ${minutes} min`,
  waitReason: {
    arrived: 'Everyone is in a conversation just now.',
    agent_lost: 'Your agent lost the connection. You are at the front of the line.',
    agent_left: 'Your agent had to go. You are at the front of the line.',
    bounced: 'Your agent could not answer. You are at the front of the line.',
  },
  unstaffed: 'The last agent has just left. Your place is kept for a little while.',
  writeAlready: 'You can already write; the agent will see it.',

  agentAway: 'Lost the connection, your seat is kept',
  typing: 'typing…',

  missed: 'Leave a message',
  missedReason: {
    nobody_on_duty: 'Nobody is on duty right now.',
    everyone_left: 'Everyone has left for now, sorry that you waited.',
    line_full: 'Too many people are waiting right now.',
    waited_too_long: 'Sorry, nobody became free in time.',
    guest_left: 'You left before somebody was free.',
  },
  back: (when) => `We are back ${when}.`,
  chatNow: 'Chat now',
  onDutyNow: 'Somebody is on duty now.',
  formMessage: 'Your message',
  formContact: 'E-mail or phone',
  formContactHint: 'So that our answer reaches you when you have left this page.',
  formName: 'Name (optional)',
  formSend: 'Leave message',
  formKept: 'We have your message. How can we reach you?',
  formSave: 'Save',
  formDone: 'Thank you. You will find our answer here, or we will get in touch.',

  over: 'This conversation is over',
  closedBy: {
    agent: 'The agent ended the conversation',
    guest: 'You ended the conversation',
    guest_left: 'The conversation ended after you left',
  },
  startNew: 'Start a new conversation',
  leave: 'End conversation',
  leaveLine: 'Leave the line',
  leaveAsk: 'End this conversation?',
  leaveLineAsk: 'Give up your place in line?',
  leaveNo: 'Stay',

  seated: (agent) => `${agent} is here for you`,

  message: 'Message',
  placeholder: 'Write a message…',
  send: 'Send',
  tooLong: (count, max) => `${count} of ${max} characters`,
  full: 'Too many unsent messages. They are sent when you are back online.',

  mark: { sending: 'Sending', sent: 'Sent', delivered: 'Delivered', seen: 'Seen' },
  failed: (code) => (code === 'too_long' ? 'Not sent: too long.' : 'Not sent.'),
  retry: 'Try again',
  discard: 'Delete',
  from: (name) => `${name}: `,
  you: 'You',

  today: 'Today',
  yesterday: 'Yesterday',
};
