// A fresh database for one server: a file in its data folder, or one of its own in the tests' PostgreSQL.

import { randomBytes } from 'node:crypto'
import pg from 'pg'

export type Engine = 'sqlite' | 'postgres'

export interface Database {
  /** What `seatline` must be told to use it; nothing for the file in its data folder. */
  env: Record<string, string>
  drop(): Promise<void>
}

export async function freshDatabase(engine: Engine): Promise<Database> {
  if (engine === 'sqlite') {
    return { env: {}, drop: async () => {} }
  }
  const cluster = process.env.SEATLINE_TEST_POSTGRES
  if (!cluster) {
    throw new Error('SEATLINE_TEST_POSTGRES is not set: run the tests through scripts/end2end')
  }
  const name = `end2end_${randomBytes(6).toString('hex')}`
  await administer(cluster, `CREATE DATABASE ${name}`)
  const url = new URL(cluster)
  url.pathname = `/${name}`
  return {
    env: { SEATLINE_DATABASE_URL: url.href },
    drop: () => administer(cluster, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

async function administer(cluster: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: cluster })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
