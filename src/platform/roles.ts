import { createHmac } from 'node:crypto';
import pg from 'pg';
import { DeskhandError } from '#domain/errors';
import { platformErrors } from './errors.ts';

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
export const engineSchemas = ['dbos', 'engine'] as const;

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

/**
 * Creates what is missing of the roles and sets their passwords. The owner need not be a superuser: `CREATEROLE` and
 * the database suffice.
 *
 * @throws DH_PLATFORM_ROLE_UNSAFE when one of them, made by somebody else, could bypass row-level security.
 */
export async function ensureRoles(owner: pg.Client, secret: string): Promise<void> {
  for (const role of roles) {
    const name = pg.escapeIdentifier(`deskhand_${role}`);
    const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [`deskhand_${role}`]);
    if (rowCount === 0) await owner.query(`create role ${name}`);
    await owner.query(`alter role ${name} login password ${pg.escapeLiteral(passwordOf(role, secret))}`);
  }
  await refuseUnsafeRoles(owner);
  await owner.query('revoke create on schema public from public');
  await owner.query('grant usage on schema public to deskhand_app, deskhand_system');
  // DBOS says "create schema if not exists" before each migration, which Postgres refuses without this right even then.
  const { rows } = await owner.query<{ name: string }>('select current_database() as name');
  await owner.query(`grant create on database ${pg.escapeIdentifier(rows[0]?.name ?? '')} to deskhand_engine`);
  for (const schema of engineSchemas) {
    await owner.query('grant deskhand_engine to current_user');
    await owner.query(`create schema if not exists ${pg.escapeIdentifier(schema)} authorization deskhand_engine`);
  }
}

async function refuseUnsafeRoles(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname = any($1)
      and (rolsuper or rolbypassrls or rolcreaterole or exists (select from pg_auth_members where member = pg_roles.oid))`,
    [roles.map((role) => `deskhand_${role}`)],
  );
  if (rows.length === 0) return;
  const names = rows.map(({ rolname }) => rolname).join(', ');
  throw new DeskhandError(
    platformErrors.roleUnsafe,
    `Postgres lets ${names} do more than read its own organization. Remove SUPERUSER, BYPASSRLS, CREATEROLE and memberships from it.`,
  );
}

function passwordOf(role: string, secret: string): string {
  return createHmac('sha256', secret).update(`postgres role ${role}`).digest('base64url');
}
