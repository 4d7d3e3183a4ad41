// The proxies of docs/proxies.md with the configurations that stand there: only names, ports and files are put in.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export type ProxyName = 'nginx' | 'Caddy' | 'HAProxy' | 'Apache'

const DOCS = resolve(import.meta.dirname, '../../docs/proxies')
const UNPACKED = process.env.SEATLINE_PROXIES ?? ''
const LIBRARIES = join(UNPACKED, 'usr/lib', process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu')

interface Kind {
  /** Its file in docs/proxies. */
  file: string
  /** What its configuration says of how long silence may last. */
  silence: RegExp[]
  /** Writes what is around the documented file, and says what to run. */
  prepare: (place: Place, documented: string) => Promise<{ program: string; args: string[]; env?: Record<string, string> }>
}

/** Where one runs. */
interface Place {
  folder: string
  http: number
  https: number
  certificate: string
  key: string
}

export const KINDS: Record<ProxyName, Kind> = {
  nginx: {
    file: 'nginx.conf',
    silence: [/proxy_read_timeout (\d+)s/, /proxy_send_timeout (\d+)s/],
    async prepare({ folder }, documented) {
      // What has no IPv6 cannot listen on it.
      await writeFile(join(folder, 'site.conf'), documented.replace(/^ *listen \[::\].*$/gm, ''))
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${folder}/${what};`)
      // Its workers read what is in a folder of the one who runs the test.
      const owner = process.getuid?.() === 0 ? 'user root;' : ''
      const around = `${owner} daemon off; pid ${folder}/pid; error_log stderr; worker_processes 1;
        events { worker_connections 256; }
        http { access_log off; ${temporary.join(' ')} include ${folder}/site.conf; }`
      await writeFile(join(folder, 'nginx.conf'), around)
      return { program: 'nginx', args: ['-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')] }
    },
  },
  Caddy: {
    file: 'Caddyfile',
    // It has no such time-out.
    silence: [],
    async prepare({ folder, http, https, certificate, key }, documented) {
      const around = `{
        admin off
        auto_https disable_certs
        http_port ${http}
        https_port ${https}
      }\n`
      const site = documented.replace(/^localhost \{$/m, `localhost {\n\ttls ${certificate} ${key}`)
      await writeFile(join(folder, 'Caddyfile'), around + site)
      const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
      return { program: 'caddy', args: ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], env: home }
    },
  },
  HAProxy: {
    file: 'haproxy.cfg',
    silence: [/timeout client +(\d+)s/, /timeout server +(\d+)s/, /timeout tunnel +(\d+)s/],
    async prepare({ folder }, documented) {
      const config = join(folder, 'haproxy.cfg')
      await writeFile(config, documented.replace(/maxconn \d+/, 'maxconn 200'))
      return { program: 'haproxy', args: ['-db', '-f', config] }
    },
  },
  Apache: {
    file: 'apache.conf',
    silence: [/ProxyTimeout (\d+)/],
    async prepare({ folder, http, https }, documented) {
      const folders = [join(UNPACKED, 'usr/lib/apache2/modules'), '/usr/lib/apache2/modules']
      const modules = folders.find((folder) => existsSync(folder)) ?? ''
      const names = ['mpm_event', 'authz_core', 'alias', 'headers', 'proxy', 'proxy_http', 'socache_shmcb', 'ssl']
      const load = names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`)
      const owner = process.getuid?.() === 0 ? ['User nobody', 'Group nogroup'] : []
      const around = [
        `ServerRoot ${folder}`,
        `DefaultRuntimeDir ${folder}`,
        `PidFile ${folder}/pid`,
        'ServerName localhost',
        `ErrorLog ${folder}/logs/error`,
        ...load,
        ...owner,
        `Listen 127.0.0.1:${http}`,
        `Listen 127.0.0.1:${https}`,
      ]
      const config = join(folder, 'apache.conf')
      await writeFile(config, `${around.join('\n')}\n${documented}`)
      return { program: 'apache2', args: ['-d', folder, '-f', config, '-DFOREGROUND'] }
    },
  },
}

export function documented(name: ProxyName): Promise<string> {
  return readFile(join(DOCS, KINDS[name].file), 'utf8')
}

/** Ports that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => once(server.close(), 'close')))
  return ports
}

export class Proxy {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly output: string[],
  ) {}

  /** Runs the documented configuration in front of the server at `upstream`, an address such as `127.0.0.1:3000`. */
  static async start(name: ProxyName, upstream: string, [http, https]: [number, number]): Promise<Proxy> {
    const folder = await mkdtemp(join(tmpdir(), 'seatline-proxy-'))
    const [certificate, key, both] = ['fullchain.pem', 'privkey.pem', 'both.pem'].map((file) => join(folder, file)) as [
      string,
      string,
      string,
    ]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
    const pair = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', certificate]
    execFileSync('openssl', ['req', '-x509', '-days', '2', ...pair, ...subject], { stdio: 'ignore' })
    await writeFile(both, (await readFile(certificate, 'utf8')) + (await readFile(key, 'utf8')))
    await mkdir(join(folder, 'logs'))

    const text = (await documented(name))
      .replaceAll('127.0.0.1:3000', upstream)
      .replaceAll('/etc/ssl/chat.example/fullchain.pem', certificate)
      .replaceAll('/etc/ssl/chat.example/privkey.pem', key)
      .replaceAll('/etc/haproxy/chat.example.pem', both)
      .replaceAll('chat.example', 'localhost')
      .replace(/\b443\b/g, String(https))
      .replace(/((?:listen |bind :|VirtualHost \*:|\[::\]:))80\b/g, `$1${http}`)
    const place = { folder, http, https, certificate, key }
    const { program, args, env } = await KINDS[name].prepare(place, text)
    const unpacked = [join(UNPACKED, 'usr/sbin', program), join(UNPACKED, 'usr/bin', program)]
    const child = spawn(unpacked.find((path) => existsSync(path)) ?? program, args, {
      env: { PATH: process.env.PATH ?? '', LD_LIBRARY_PATH: LIBRARIES, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const proxy = new Proxy(child, folder, [])
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => proxy.output.push(data.toString()))
    await proxy.#answers(https)
    return proxy
  }

  async remove(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exited = once(this.child, 'exit')
      this.child.kill('SIGTERM')
      await exited
    }
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Waits until Seatline is reached through it: Apache listens, stops, and listens again while it starts. */
  async #answers(port: number): Promise<void> {
    while (!(await isWell(port))) {
      if (this.child.exitCode !== null) throw new Error(`the proxy ended:\n${this.output.join('')}`)
    }
  }
}

function isWell(port: number): Promise<boolean> {
  return new Promise((told) => {
    // The name is what Apache and Caddy choose the site by; the certificate is nobody's.
    const address = { host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false }
    const asked = request({ ...address, servername: 'localhost', headers: { host: `localhost:${port}` } }, (answer) => {
      answer.resume()
      told(answer.statusCode === 200)
    })
    asked.on('error', () => told(false))
    asked.end()
  })
}
