// People who do not exist: guests of a tea shop and those who serve them. Long names, emoji, Chinese and Latin among them,
// since that is what arrives.

export interface Visitor {
  name: string
  contact?: string
  url: string
  title: string
  language: string
  time_zone: string
}

/** What is said in a conversation, in turns: the guest begins. */
export type Turns = string[]

const CHINA = { language: 'zh-CN', time_zone: 'Asia/Shanghai' }
const EUROPE = { language: 'en-GB', time_zone: 'Europe/London' }

/** Guests with a seat, and what they talk about. */
export const SEATED: (Visitor & { turns: Turns })[] = [
  {
    ...CHINA,
    name: '王女士',
    contact: 'wang@example.org',
    url: '/teas/longjing',
    title: '龙井 明前 50 克',
    turns: [
      '您好，这款龙井是今年的吗？',
      '您好！是的，四月初刚采的头批。',
      '太好了。50 克一罐大概能泡多少次？',
      '每次 3 克的话，大约 16 次，每次还可以续三四道水。',
      '那我要两罐，可以包装成礼盒吗？👵🏻 送给奶奶的，她住在杭州，平时只喝绿茶，对包装也挺讲究，最好不要太花哨，素一点的就行，如果能附一张手写的卡片就更好了。',
      '可以的，礼盒不另收费。卡片上写什么？也可以看看这几款：https://shop.example/gifts?box=plain&colour=%E7%B4%A0。',
      '写“奶奶，春天快乐”吧 🌱',
    ],
  },
  {
    ...EUROPE,
    name: 'Bob',
    url: '/cart',
    title: 'Your cart',
    turns: ['My voucher is not accepted'],
  },
  {
    ...EUROPE,
    name: 'Elif Kaya',
    contact: '+44 20 7946 0018',
    url: '/teas/pu-erh',
    title: 'Aged pu-erh cake',
    turns: ['How long does the cake keep?', 'For many years, kept dry and away from the kitchen.', 'And once opened?'],
  },
  {
    ...EUROPE,
    name: 'Wolfeschlegelsteinhausenbergerdorff-Montgomery-Fitzgerald III.',
    url: '/teas/oolong?ref=newsletter&campaign=autumn-2031&variant=roasted-charcoal-fire-three-times',
    title: 'Wuyi rock oolong, roasted over charcoal three times, in a tin of fifty grams',
    turns: ['Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft', 'Pardon?', 'My firm. Do you take purchase orders?'],
  },
  { ...CHINA, name: '', url: '/', title: '三山茶铺', turns: ['在吗'] },
  { ...EUROPE, name: '', url: '/cart', title: 'Your cart', turns: ['hello??', 'Hello! How can I help?', 'my parcel is in Leipzig since 3 days 😤'] },
  { ...EUROPE, name: '🍵 tea lover 🍵', url: '/teas/jasmine', title: 'Jasmine pearls', turns: ['is this the one with seven scentings? 🌸🌸🌸', 'It is.', '😍'] },
  { ...CHINA, name: '陈先生', url: '/teapots/xishi', title: '宜兴紫砂壶', turns: ['请问茶壶还有货吗？', '有的，最后两把。'] },
  { ...EUROPE, name: 'Anna Lindqvist', url: '/shipping', title: 'Shipping', turns: ['Do you ship to Norway?', 'Yes, within a week.', 'Thank you!'] },
  { ...EUROPE, name: 'Jonas', url: '/teas/oolong', title: 'Wuyi rock oolong', turns: ['Is it very roasted?'] },
  { ...CHINA, name: '欧阳娜娜', url: '/teas/white', title: '白毫银针', turns: ['白毫银针怎么保存？', '密封、避光、干燥，常温就好。'] },
  { ...EUROPE, name: 'María José', url: '/cups/celadon', title: 'Celadon cup', turns: ['¿Hablan español?'] },
]

const LINE_NAMES = ['Anna', '', '李明', 'Jonas Weber', '', 'Ibrahim', '赵雅 🌙', '', 'Ngozi', 'Åsa', '', '孙悟', 'Priya', '', 'Tom']

/** Guests in line, as many as wanted. */
export function waiting(count: number): Visitor[] {
  return Array.from({ length: count }, (_, index) => {
    const name = LINE_NAMES[index % LINE_NAMES.length] ?? ''
    const page = SEATED[index % SEATED.length]
    return { ...(index % 3 === 2 ? CHINA : EUROPE), name, url: page?.url ?? '/', title: page?.title ?? '' }
  })
}

/** Guests whom nobody was there for, and what they left. */
export const MISSED: (Visitor & { text: string })[] = [
  { ...EUROPE, name: 'Léa Martin', contact: 'lea@example.org', url: '/shipping', title: 'Shipping', text: 'Do you ship to Norway?' },
  { ...CHINA, name: '周小姐', contact: '138 0013 8000', url: '/teapots/xishi', title: '宜兴紫砂壶', text: '请问茶壶可以刻字吗？大概需要多久？' },
  { ...EUROPE, name: '', url: '/', title: 'Three Hills Tea', text: 'hi' },
  {
    ...EUROPE,
    name: 'Konstantinos Papadimitriou-Anagnostopoulos',
    contact: 'konstantinos.papadimitriou-anagnostopoulos@mail.subsidiary.example.org',
    url: '/cart',
    title: 'Your cart',
    text: 'I paid twice, once by card and once by bank transfer, since the page said that the first one had failed. Which of the two will you send back, and when may I expect it?',
  },
  { ...CHINA, name: '', contact: 'mo@example.org', url: '/teas/white', title: '白毫银针', text: '你们几点上班？' },
  { ...EUROPE, name: 'Ola', url: '/teas/oolong', title: 'Wuyi rock oolong', text: 'Is there a shop in Oslo? 🙂' },
  { ...EUROPE, name: 'Fatima Zahra', contact: 'fz@example.org', url: '/gifts', title: 'Gifts', text: 'Can I change the address of order 4711?' },
  { ...CHINA, name: '吴老师', url: '/teas/pu-erh', title: '陈年普洱饼', text: '普洱怎么撬？' },
]

/** What a guest and an agent say to each other in the chat. */
export const CHAT: Turns = [
  'Is the Longjing of this spring? 是今年的新茶吗？',
  'It is: picked on the second of April. 四月二日刚采的。',
  'And does it come in a tin?',
  'It does, 50 grams each. https://shop.example/teas/longjing?tin=50g 🍵',
]
export const GIFTS: Turns = ['Are there gift boxes?', 'There are: three, of paper, of tin and of bamboo.']
/** Written into a connection that is no more. */
export const LOST: Turns = ['Hello?', 'Are you still there? 🫖']

const GIVEN = ['Mei', 'Jonas', 'Anna', '王芳', 'Elif', '李娜', 'Tomás', 'Aiko', '张伟', 'Grace', 'Noor', '刘洋', 'Pieter', 'Zoë', '陈静']
const FAMILY = ['Lin', 'Weber', 'Lindqvist', '', 'Kaya', '', 'García', 'Tanaka', '', 'Okafor', 'Haddad', '', 'van der Berg', 'Müller', '']

export interface NewMember {
  login: string
  name: string
  seats: number
}

/** Colleagues, as many as wanted; the first is Mei. */
export function colleagues(count: number): NewMember[] {
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / GIVEN.length)
    const name = [GIVEN[index % GIVEN.length], FAMILY[(index + round * 4) % FAMILY.length]].filter(Boolean).join(' ')
    if (index === 0) return { login: 'mei', name: 'Mei Lin', seats: 12 }
    if (index === 3) return { login: 'long', name: 'Wolfeschlegelsteinhausenbergerdorff-Montgomery 欧阳', seats: 50 }
    return { login: `colleague${index}`, name, seats: [3, 4, 5, 2, 8, 0][index % 6] ?? 3 }
  })
}

/** Members of a house that has hardly begun, by login. */
export const BEGINNERS = {
  agent: { login: 'agent', name: 'Grace Okafor', seats: 3 },
  forgetful: { login: 'forgetful', name: 'Tomás García', seats: 2 },
  nobody: { login: 'nobody', name: 'Nobody', seats: 0 },
}

export const GROUPS = ['Pre-sales', '售后服务', 'Orders and shipping', 'Wholesale', '批发', 'Spare parts, repairs and everything that was glued', 'Night shift 🌙']

export const SITES = [
  { name: 'Three Hills Tea', origins: ['https://shop.example', 'https://www.shop.example'] },
  { name: '三山茶铺', origins: ['https://chapu.example'] },
  { name: 'Wholesale', origins: [] },
  { name: 'The blog about everything that can be steeped in hot water', origins: ['https://blog.example', 'https://old.blog.example', 'https://staging.blog.example:8443'] },
]
