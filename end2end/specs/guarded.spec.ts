// What happens in the chat is the chat's: the page around it neither learns of it nor forbids it.

import type { Page } from '@playwright/test'
import { expect, test } from '../support/test.ts'
import { Widget } from '../support/widget.ts'

/** What a page may listen for on all of itself, and take for its own. */
const EVENTS =
  'keydown keypress keyup beforeinput input compositionstart compositionend copy cut paste selectstart contextmenu dragstart ' +
  'dragenter dragover drop focus blur focusin focusout pointerdown pointerup mousedown mouseup click dblclick wheel touchstart'

/** Runs in the page, and before the chat's own script. */
const script = (text: string) => `<script>${text}</script>`

/** `forbid(target, capture)` undoes all of it that comes from elsewhere than the dialog. */
const FORBID = `
  function forbid(target, capture, events = ${JSON.stringify(EVENTS)}) {
    for (const type of events.split(' ')) target.addEventListener(type, (event) => {
      if (event.target.closest?.('[role=dialog]')) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }, { capture, passive: false })
  }`

const DIALOG = '<div role="dialog" tabindex="-1"><p>Subscribe!</p><input aria-label="E-mail"></div>'

const EMAIL = 'document.querySelector("[role=dialog] input")'

/** Everything but the dialog is out of reach, as several libraries do it. */
const HIDE_ALL_ELSE = `for (const child of document.body.children) {
  if (child.getAttribute('role') !== 'dialog') { child.inert = true; child.setAttribute('aria-hidden', 'true') }
}`

const PAGES: { name: string; head?: string; body: string; then?: string }[] = [
  {
    name: 'that forbids copying by attributes and by style',
    head: '<style>* { user-select: none !important; -webkit-user-select: none !important }</style>',
    body: script(
      `for (const type of ['copy', 'cut', 'paste', 'selectstart', 'contextmenu', 'dragstart', 'mousedown', 'keydown'])
         document.body.setAttribute('on' + type, 'return false')`,
    ),
  },
  { name: 'that undoes everything at the end', body: script(`${FORBID} forbid(document, false); forbid(window, false)`) },
  { name: 'that undoes everything before it arrives', body: script(`${FORBID} forbid(document, true)`) },
  {
    name: 'whose dialog undoes everything at the window',
    body: DIALOG,
    then: `${FORBID} forbid(window, true); ${EMAIL}.focus()`,
  },
  {
    name: 'whose dialog fetches the focus back when it goes elsewhere',
    body: DIALOG,
    then: `for (const capture of [true, false]) document.addEventListener('focusin', (event) => {
             if (!event.target.closest('[role=dialog]')) ${EMAIL}.focus()
           }, capture)
           document.addEventListener('focusout', ({ relatedTarget }) => {
             if (relatedTarget && !relatedTarget.closest('[role=dialog]')) ${EMAIL}.focus()
           })
           ${EMAIL}.focus()`,
  },
  { name: 'whose dialog makes everything else inert', body: DIALOG, then: HIDE_ALL_ELSE },
]

/** Whether the browser was allowed to do what it does after these events. */
async function watch(page: Page, type: string): Promise<() => Promise<boolean[]>> {
  await page.addInitScript((type) => {
    const allowed: boolean[] = []
    Object.assign(window, { allowed })
    addEventListener(type, (event) => setTimeout(() => allowed.push(!event.defaultPrevented)), true)
  }, type)
  return () => page.evaluate(() => (window as unknown as { allowed: boolean[] }).allowed)
}

for (const { name, head = '', body, then = ';' } of PAGES) {
  test(`one writes, selects, copies and pastes on a page ${name}`, async ({ agent, shop, newPage }) => {
    const mei = await agent('Mei', 1)
    const { origin } = await shop({ head, body })
    const page = await newPage()
    const menus = await watch(page, 'contextmenu')
    await page.goto(origin)
    await page.getByRole('button', { name: 'Open chat' }).waitFor()
    await page.addScriptTag({ content: then })

    const anna = await Widget.openOn(page)
    await expect(anna.panel).toContainText('Mei')
    await anna.box.click()
    await page.keyboard.type('Order 4711')
    await page.keyboard.press('Enter')
    await mei.open('Order 4711')
    await expect(anna).toShow(['Order 4711'])

    await anna.panel.getByRole('log').getByText('Order 4711').click({ clickCount: 3 })
    await page.keyboard.press('ControlOrMeta+c')
    await anna.box.click()
    await page.keyboard.press('ControlOrMeta+v')
    await expect(anna.box).toHaveValue(/Order 4711/)
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.press('ControlOrMeta+x')
    await expect(anna.box).toHaveValue('')
    await page.keyboard.press('ControlOrMeta+v')
    await expect(anna.box).toHaveValue(/Order 4711/)

    await anna.box.click({ button: 'right' })
    await expect.poll(menus, 'the context menu may open').toEqual([true])
    await anna.panel.getByRole('button', { name: 'Close chat' }).click()
    await expect(anna.panel).toBeHidden()
  })
}

test('the page hears nothing of what happens in the chat, and everything of itself', async ({ agent, shop, newPage }) => {
  await agent('Mei', 1)
  const heard = `window.heard = []
    for (const type of ${JSON.stringify(EVENTS)}.split(' ')) {
      for (const target of [document, window]) target.addEventListener(type, (event) => heard.push([type, event.target.localName]))
      document.addEventListener(type, (event) => heard.push([type, event.target.localName]), true)
    }`
  const { origin } = await shop({ body: `<input aria-label="Search">${script(heard)}` })
  const page = await newPage()
  const told = () => page.evaluate(() => (window as unknown as { heard: [string, string][] }).heard)
  const anna = await Widget.visit(page, origin)
  await expect(anna.panel).toContainText('Mei')
  await page.keyboard.type('Hello?/ there')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+x')
  await page.keyboard.press('ControlOrMeta+v')
  await anna.panel.getByRole('heading').dblclick()
  await page.mouse.wheel(0, 100)
  await page.keyboard.press('Tab')
  const file = await page.evaluateHandle(() => {
    const dragged = new DataTransfer()
    dragged.items.add(new File(['what the visitor wanted to show'], 'screen.png'))
    return dragged
  })
  for (const type of ['dragenter', 'dragover', 'drop']) await anna.box.dispatchEvent(type, { dataTransfer: file })
  await anna.send()
  await expect(anna).toShow(['Hello?/ there'])
  await page.keyboard.press('Escape')
  await expect(anna.panel).toBeHidden()
  expect((await told()).filter(([, element]) => element === 'seatline-chat')).toEqual([])

  await page.getByLabel('Search').click()
  await page.keyboard.type('tea')
  const own = new Set((await told()).filter(([, element]) => element === 'input').map(([type]) => type))
  expect([...own]).toEqual(expect.arrayContaining(['focusin', 'mousedown', 'click', 'keydown', 'keypress', 'input', 'keyup']))
})

test('what begins on the page is the page’s until it is let go, also above the chat', async ({ agent, shop, newPage }) => {
  await agent('Mei', 1)
  const heard = `window.heard = []
    for (const type of ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'keydown', 'keyup']) {
      document.addEventListener(type, () => heard.push(type))
    }`
  const { origin } = await shop({ body: `<button>Slider</button>${script(heard)}` })
  const page = await newPage()
  const anna = await Widget.visit(page, origin)
  await expect(anna.panel).toContainText('Mei')
  const box = await anna.box.boundingBox()
  await page.getByRole('button', { name: 'Slider' }).hover()
  await page.mouse.down()
  await page.mouse.move(box?.x ?? 0, box?.y ?? 0)
  await page.mouse.up()
  await page.keyboard.down('Shift')
  await anna.box.focus()
  await page.keyboard.up('Shift')
  await page.keyboard.press('a')
  const told = await page.evaluate(() => (window as unknown as { heard: string[] }).heard)
  expect(told).toEqual(['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'keydown', 'keyup'])
})
