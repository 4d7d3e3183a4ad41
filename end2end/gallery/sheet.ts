// The contact sheet: target/gallery/index.html shows every picture there is, a row for each screen.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const FOLDER = process.env.SEATLINE_GALLERY_FOLDER ?? resolve(import.meta.dirname, '../../target/gallery')

const STYLE = `
  body { margin: 24px; font: 14px/1.4 system-ui, sans-serif; background: #777; color: #fff }
  h2 { font-size: 16px; margin: 32px 0 8px }
  div { display: flex; flex-wrap: wrap; gap: 12px; align-items: start }
  figure { margin: 0 }
  img { display: block; height: 300px; width: auto; background: #fff }
  figcaption { font-size: 12px }`

export default function writeSheet(): void {
  mkdirSync(FOLDER, { recursive: true })
  const pictures = readdirSync(FOLDER).filter((file) => file.endsWith('.png')).sort()
  const names = new Set(pictures.map(screenOf))
  const rows = Array.from(names, (name) => {
    const figures = pictures.filter((file) => screenOf(file) === name).map(figure)
    return `<h2 id="${name}">${name}</h2><div>${figures.join('')}</div>`
  })
  const page = `<!doctype html><meta charset="utf-8"><title>Seatline's screens</title><style>${STYLE}</style>${rows.join('\n')}\n`
  writeFileSync(join(FOLDER, 'index.html'), page)
}

function screenOf(file: string): string {
  return /^(.*)-\d+-\w+-\w+\.png$/.exec(file)?.[1] ?? file
}

function figure(file: string): string {
  const what = /-(\d+-\w+-\w+)\.png$/.exec(file)?.[1] ?? file
  return `<figure><a href="${file}"><img src="${file}" loading="lazy" alt="${file}"></a><figcaption>${what}</figcaption></figure>`
}
