import { createHmac } from 'node:crypto';
import pg from 'pg';

/** How each part of the product signs in to Postgres. */
export interface DatabaseUrls {
  /** Runs migrations; owns the tables. Never used after start. */
  readonly owner: string;
  /** `deskhand_app`: rows of one organization at a time. */
  readonly app: string;
  /** `deskhand_system`: sign-in and outbox only. */
  readonly system: string;
  /** `deskhand_engine`: the workflow engine's own schemas, none of ours. */
  readonly engine: string;
  /** `deskhand_sign_in`: passwords and sessions in the schema `sign_in`, none of ours. */
  readonly signIn: string;
}

const roles = ['app', 'system', 'engine', 'sign_in'] as const;

/** Names of the schemas that the engine's role owns. */
export const engineSchemas = ['dbos'] as const;

/** Gives each role its password, derived from the installation's secret so that every server process knows it. */
export function databaseUrls(ownerUrl: string, secret: string): DatabaseUrls {
  const urlOf = (role: (typeof roles)[number]): string => {
    const url = new URL(ownerUrl);
    url.username = `deskhand_${role}`;
    url.password = passwordOf(role, secret);
    return url.toString();
  };
  return { owner: ownerUrl, app: urlOf('app'), system: urlOf('system'), engine: urlOf('engine'), signIn: urlOf('sign_in') };
}

/** Creates what is missing of the roles, takes from them whatever could bypass row-level security, and sets their passwords. */
export async function ensureRoles(owner: pg.Client, secret: string): Promise<void> {
  for (const role of roles) {
    const name = pg.escapeIdentifier(`deskhand_${role}`);
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [`deskhand_${role}`]);
    if (rowCount === 0) await owner.query(`create role ${name}`);
    const password = pg.escapeLiteral(passwordOf(role, secret));
    await owner.query(`alter role ${name} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication password ${password}`);
  }
  await owner.query('revoke create on schema public from public');
  await owner.query('grant usage on schema public to deskhand_app, deskhand_system');
  for (const schema of engineSchemas) {
    await owner.query('grant deskhand_engine to current_user');
    await owner.query(`create schema if not exists ${pg.escapeIdentifier(schema)} authorization deskhand_engine`);
  }
}

function passwordOf(role: string, secret: string): string {
  return createHmac('sha256', secret).update(`postgres role ${role}`).digest('base64url');
}
