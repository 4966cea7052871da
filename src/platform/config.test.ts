import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { asDeskhandError } from '#domain/errors';
import { type ConfigFault, readConfig } from './config.ts';

const workingFolder = mkdtempSync(path.join(os.tmpdir(), 'config-'));

function faultsOf(environment: Record<string, string>): readonly ConfigFault[] {
  try {
    readConfig(environment, { workingFolder });
  } catch (thrown) {
    return asDeskhandError(thrown)?.details['faults'] as readonly ConfigFault[];
  }
  return [];
}

test('an empty environment is right: everything has a default', () => {
  const config = readConfig({}, { workingFolder });
  expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, hasSampleOffice: true, databaseUrl: null, logLevel: 'info' });
  expect(config.dataFolder).toBe(path.join(workingFolder, '.deskhand'));
  expect(config.readers).toBeGreaterThanOrEqual(1);
});

test('all faults are told at once, each with its name, its value and what would be right', () => {
  expect(faultsOf({ DESKHAND_PORT: '70000', DESKHAND_LOG_LEVEL: 'loud', DESKHAND_READERS: '0' })).toEqual([
    { name: 'DESKHAND_PORT', value: '70000', expected: 'a whole number from 0 to 65535; 0 takes a free one' },
    { name: 'DESKHAND_LOG_LEVEL', value: 'loud', expected: 'one of silent, error, warn, info, debug, trace' },
    { name: 'DESKHAND_READERS', value: '0', expected: 'a whole number from 1 to 64' },
  ]);
});

test('accepts the ends of a range', () => {
  expect(readConfig({ DESKHAND_PORT: '65535', DESKHAND_READERS: '64' }, { workingFolder })).toMatchObject({ port: 65_535, readers: 64 });
  expect(faultsOf({ DESKHAND_PORT: '65536' })).toHaveLength(1);
  expect(faultsOf({ DESKHAND_PORT: '-1' })).toHaveLength(1);
  expect(faultsOf({ DESKHAND_PORT: '3e3' })).toHaveLength(1);
});

test('an unknown name is refused and the nearest known one is named, without the value', () => {
  const [fault] = faultsOf({ DESKHAND_SECERT: 'hunter2' });
  expect(fault).toMatchObject({ name: 'DESKHAND_SECERT', value: null });
  expect(fault?.expected).toContain('DESKHAND_SECRET');
});

test('a secret never shows, neither in a fault nor when the configuration is printed', () => {
  expect(faultsOf({ DESKHAND_SECRET: 'too short', DATABASE_URL: 'mysql://root:hunter2@host/x' })).toEqual([
    { name: 'DATABASE_URL', value: '[secret]', expected: 'an address such as postgres://user:password@host:5432/deskhand' },
    { name: 'DESKHAND_SECRET', value: '[secret]', expected: 'at least 32 random characters, such as from "openssl rand -base64 32"' },
  ]);
  const config = readConfig({ DATABASE_URL: 'postgres://deskhand:hunter2@host/x' }, { workingFolder });
  expect(`${inspect(config)}${JSON.stringify(config)}${String(config.databaseUrl)}`).not.toContain('hunter2');
  expect(config.databaseUrl?.reveal()).toBe('postgres://deskhand:hunter2@host/x');
});

test('a value may come from a file, and a file that cannot be read is a fault', () => {
  writeFileSync(path.join(workingFolder, 'password'), `${'s'.repeat(40)}\n`);
  expect(readConfig({ DESKHAND_SECRET_FILE: 'password' }, { workingFolder }).secret?.reveal()).toBe('s'.repeat(40));
  expect(faultsOf({ DESKHAND_SECRET_FILE: 'absent' })[0]).toMatchObject({ name: 'DESKHAND_SECRET_FILE', value: 'absent' });
});

test('the environment wins over the file, and the file over the default', () => {
  const folder = path.join(workingFolder, 'with-file');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'deskhand.config.json'), '{"DESKHAND_PORT": 4000, "DESKHAND_SAMPLE_OFFICE": false}');
  const environment = { DESKHAND_DATA_DIR: folder };
  expect(readConfig(environment, { workingFolder })).toMatchObject({ port: 4000, hasSampleOffice: false, host: '127.0.0.1' });
  expect(readConfig({ ...environment, DESKHAND_PORT: '5000' }, { workingFolder })).toMatchObject({ port: 5000, hasSampleOffice: false });
});

test('a broken file, an unknown key in it and a wrong type are faults', () => {
  const write = (text: string): string => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'config-')), 'x.json');
    writeFileSync(file, text);
    return file;
  };
  expect(faultsOf({ DESKHAND_CONFIG: write('{"port": 1}') })[0]?.name).toBe('port');
  expect(faultsOf({ DESKHAND_CONFIG: write('{"DESKHAND_PORT": [1]}') })[0]?.value).toBe('[1]');
  expect(faultsOf({ DESKHAND_CONFIG: write('{"DESKHAND_SECRET": "hunter2') })[0]?.expected).not.toContain('hunter2');
  expect(faultsOf({ DESKHAND_CONFIG: write('[]') })).toHaveLength(1);
  expect(faultsOf({ DESKHAND_CONFIG: 'absent.json' })[0]).toMatchObject({ name: 'DESKHAND_CONFIG', value: 'absent.json' });
});

test('two names for one setting must agree', () => {
  expect(faultsOf({ DATABASE_URL: 'postgres://a/b', DESKHAND_DATABASE_URL: 'postgres://c/d' })[0]?.name).toContain('and');
  expect(faultsOf({ DATABASE_URL: 'postgres://a/b', DESKHAND_DATABASE_URL: 'postgres://a/b' })).toEqual([]);
});

test('an empty value counts as none', () => {
  expect(readConfig({ DESKHAND_PORT: '', DATABASE_URL: '' }, { workingFolder })).toMatchObject({ port: 3000, databaseUrl: null });
});

test('a key or certificate for a Temporal cluster goes with TLS, and a certificate with its key', () => {
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB';
  const names = (environment: Record<string, string>): readonly string[] => faultsOf(environment).map(({ name }) => name);
  expect(names({ DESKHAND_TEMPORAL_API_KEY: 'k' })).toEqual(['DESKHAND_TEMPORAL_TLS']);
  expect(names({ DESKHAND_TEMPORAL_CA: pem })).toEqual(['DESKHAND_TEMPORAL_TLS']);
  const tls = { DESKHAND_TEMPORAL_TLS: 'true', DESKHAND_TEMPORAL_CERTIFICATE: pem };
  expect(names(tls)).toEqual(['DESKHAND_TEMPORAL_CERTIFICATE_KEY']);
  expect(names({ ...tls, DESKHAND_TEMPORAL_CERTIFICATE_KEY: 'k' })).toEqual([]);
  expect(names({ ...tls, DESKHAND_TEMPORAL_CERTIFICATE: 'no certificate', DESKHAND_TEMPORAL_CERTIFICATE_KEY: 'k' })).toContain(
    'DESKHAND_TEMPORAL_CERTIFICATE',
  );
});

test('a language model needs its address and name, prices in pairs, and prices for a budget in money', () => {
  const names = (environment: Record<string, string>): readonly string[] => faultsOf(environment).map(({ name }) => name);
  const model = { DESKHAND_LLM_URL: 'https://models.example/v1', DESKHAND_LLM_MODEL: 'tiny' };
  expect(readConfig({}, { workingFolder }).languageModel).toBeNull();
  expect(readConfig({ ...model, DESKHAND_LLM_KEY: 'k' }, { workingFolder }).languageModel).toMatchObject({
    model: 'tiny',
    prices: null,
    budget: { tokens: 1_000_000 },
  });
  expect(names({ DESKHAND_LLM_URL: 'https://models.example/v1' })).toEqual(['DESKHAND_LLM_MODEL']);
  expect(names({ DESKHAND_LLM_MODEL: 'tiny' })).toEqual(['DESKHAND_LLM_URL']);
  expect(names({ ...model, DESKHAND_LLM_INPUT_PRICE: '0.15' })).toEqual(['DESKHAND_LLM_OUTPUT_PRICE']);
  expect(names({ ...model, DESKHAND_LLM_BUDGET: '20.00' })).toEqual(['DESKHAND_LLM_OUTPUT_PRICE']);
  expect(names({ ...model, DESKHAND_LLM_BUDGET: 'a lot' })).toEqual(['DESKHAND_LLM_BUDGET']);
  const prices = { DESKHAND_LLM_INPUT_PRICE: '0.15', DESKHAND_LLM_OUTPUT_PRICE: '0.60', DESKHAND_LLM_BUDGET: '20.00' };
  expect(readConfig({ ...model, ...prices }, { workingFolder }).languageModel).toMatchObject({ budget: { micros: 20_000_000 } });
  expect(names({ ...model, DESKHAND_LLM_URL: 'http://models.example/v1' })).toContain('DESKHAND_LLM_URL');
  for (const host of ['localhost', '127.0.0.1:8000', '10.0.0.7', '192.168.1.2', '172.16.0.1', 'models'])
    expect(names({ ...model, DESKHAND_LLM_URL: `http://${host}/v1` })).toEqual([]);
});

test('who sends mails needs an address for the answers, and the mail server’s password never shows', () => {
  const url = 'smtps://invoices:hunter2@mail.firm.example';
  expect(faultsOf({ DESKHAND_SMTP_URL: url })).toMatchObject([{ name: 'DESKHAND_MAIL_FROM' }]);
  const config = readConfig({ DESKHAND_SMTP_URL: url, DESKHAND_MAIL_FROM: 'invoices@firm.example' }, { workingFolder });
  expect(inspect(config)).not.toContain('hunter2');
  expect(faultsOf({ DESKHAND_SMTP_URL: 'http://mail.firm.example', DESKHAND_MAIL_FROM: 'nobody' })).toHaveLength(2);
});
