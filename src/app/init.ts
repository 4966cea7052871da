import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { DeskhandError } from '#domain/errors';
import { roles, type Role } from '#domain/identity';
import { createAuth, interfaceErrors, type InitInput, type InitResult } from '#interfaces';
import { createDatabase, createLog, installationSecret, lockInstance, migrate, startPostgres, type Config } from '#platform';
import { createOrganization } from './create-organization.ts';
import { projectFolder } from './project-folder.ts';

/** `Ana Lind <ana@firm.example> office-manager,administrator` */
const memberPattern = /^\s*(?<name>[^<]+?)\s*<(?<email>[^<>\s]+@[^<>\s]+)>\s*(?<roles>[a-z-]+(?:,[a-z-]+)*)\s*$/;

/**
 * Sets up a firm of one's own, with its people, while no server runs. Each gets a password that is shown once.
 *
 * @throws DH_INTERFACES_USAGE when a member is not written as expected, DH_PLATFORM_ALREADY_RUNNING
 */
export async function init(config: Config, input: InitInput): Promise<InitResult> {
  const members = input.members.map(parseMember);
  const lock = await lockInstance(config.dataFolder);
  // What it does it says itself; the log is for what goes wrong.
  const log = createLog({ level: 'warn' });
  const secret = (await installationSecret(config.dataFolder, config.secret)).reveal();
  const server = config.databaseUrl === null ? await startPostgres(config.dataFolder, log, { backupFolder: config.backupFolder }) : null;
  try {
    const ownerUrl = config.databaseUrl?.reveal() ?? server?.url ?? '';
    const { urls } = await migrate(ownerUrl, path.join(projectFolder, 'migrations'), secret);
    const database = createDatabase(urls);
    const auth = createAuth({ databaseUrl: urls.signIn, secret, publicUrl: config.publicUrl, log });
    try {
      const { name, currency, iban, bic, country, vatId } = input;
      const { organizationId } = await createOrganization(database, auth, {
        name,
        currency,
        iban,
        bic,
        address: '',
        country,
        vatId,
        isSample: false,
        members,
      });
      return { organizationId, members: members.map(({ name: who, email, password }) => ({ name: who, email, password })) };
    } finally {
      await auth.close();
      await database.close();
    }
  } finally {
    await server?.stop();
    await lock.release();
  }
}

function parseMember(text: string): { name: string; email: string; password: string; roles: Role[] } {
  const parts = memberPattern.exec(text)?.groups;
  const wanted = parts?.['roles']?.split(',') ?? [];
  const known = wanted.filter((role): role is Role => roles.some((candidate) => candidate === role));
  if (parts === undefined || known.length !== wanted.length) {
    throw new DeskhandError(
      interfaceErrors.usage,
      `"${text}" is no member. Write "Ana Lind <ana@firm.example> office-manager"; roles are ${roles.join(', ')}.`,
    );
  }
  return { name: parts['name'] ?? '', email: parts['email'] ?? '', password: randomBytes(12).toString('base64url'), roles: known };
}
