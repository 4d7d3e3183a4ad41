// What can be called over HTTP and which rule each call needs, read from where the server functions declare it: a list
// typed here would forget the next one.

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Endpoint {
  /** `member/list`. */
  path: string
  /** Any of these rules is enough, by their stable names; `null` where no rule is asked for. */
  rules: string[] | null
}

const ROOT = resolve(import.meta.dirname, '../..')
const API = join(ROOT, 'app/src/api')

export function endpoints(): Endpoint[] {
  const found = readdirSync(API)
    .filter((file) => file.endsWith('.rs'))
    .flatMap((file) => endpointsOf(readFileSync(join(API, file), 'utf8')))
  if (found.length === 0) throw new Error(`no server function was found in ${API}`)
  return found
}

function endpointsOf(source: string): Endpoint[] {
  const found = source.split('#[server(').slice(1).map((rest) => {
    const path = /endpoint = "([^"]+)"/.exec(rest)?.[1] ?? ''
    const name = /pub async fn (\w+)/.exec(rest)?.[1] ?? ''
    // The type that the macro makes of `reset_password` is `ResetPassword`.
    const type = name.replace(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase())
    const access = new RegExp(`Endpoint::of::<${type}>\\(([^;]*?)\\)[,\\]]`).exec(source)?.[1]
    if (!path || access === undefined) throw new Error(`${name} does not say where it is or who may call it`)
    return { path, rules: rulesOf(access, source) }
  })
  const declared = source.split('Endpoint::of::<').length - 1
  if (found.length !== declared) throw new Error(`${declared} functions are declared, ${found.length} were found`)
  return found
}

function rulesOf(access: string, source: string): string[] | null {
  if (/^Access::(Public|SignedIn)$/.test(access)) return null
  const constant = /^[A-Z_]+$/.test(access) ? new RegExp(`const ${access}: Access = ([^;]*);`).exec(source)?.[1] : access
  const rules = Array.from((constant ?? '').matchAll(/Rule::(\w+)/g), ([, rule = '']) => names().get(rule) ?? '')
  if (rules.length === 0 || rules.includes('')) throw new Error(`not understood: ${access}`)
  return rules
}

/** The stable name of each variant of `Rule`. */
function names(): Map<string, string> {
  const source = readFileSync(join(ROOT, 'app/domain/src/rule.rs'), 'utf8')
  return new Map(Array.from(source.matchAll(/^ {4}(\w+) = "([^"]+)",$/gm), ([, rule = '', name = '']) => [rule, name]))
}
