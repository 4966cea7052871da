import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTelemetry } from '#platform';
import { callAs, send } from '../support/api-caller.ts';
import { openApiOffice, seedOrganization, type ApiOffice } from '../support/api-office.ts';

let api: ApiOffice;
let webRoot: string;
let stopTelemetry: () => Promise<void>;

beforeAll(async () => {
  stopTelemetry = startTelemetry({ otlpEndpoint: null, version: 'test' });
  webRoot = await mkdtemp(path.join(tmpdir(), 'deskhand-web-'));
  await mkdir(path.join(webRoot, 'assets'));
  await writeFile(path.join(webRoot, 'index.html'), '<!doctype html><title>Deskhand</title>');
  await writeFile(path.join(webRoot, 'assets', 'main-abc123.js'), 'export {}');
  api = await openApiOffice({ webRoot });
});
afterAll(async () => {
  await api.close();
  await rm(webRoot, { recursive: true, force: true });
  await stopTelemetry();
});

test('every address of the app is its page, which is asked for anew each time', async () => {
  for (const address of ['/', '/inbox', '/invoices/inv_1/review', '/invoices/RE.1001']) {
    const { status, text, headers } = await send(api.url, address);
    expect([address, status, headers.get('cache-control')]).toEqual([address, 200, 'no-cache']);
    expect(text).toContain('<title>Deskhand</title>');
  }
});

test('files named by content may be kept for ever, missing ones are no page', async () => {
  const known = await send(api.url, '/assets/main-abc123.js');
  expect([known.status, known.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
  expect(known.headers.get('content-type')).toContain('javascript');
  expect((await send(api.url, '/assets/gone-000.js')).body.code).toBe('DH_INTERFACES_ROUTE_MISSING');
});

test('no path leads out of the folder', async () => {
  for (const address of ['/assets/../../../etc/passwd', '/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd']) {
    expect((await send(api.url, address)).text).not.toContain('root:');
  }
});

test('pages load nothing from elsewhere and cannot be framed', async () => {
  const { headers } = await send(api.url, '/');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('https:');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('a problem names its trace, which goes on from the caller’s', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
  expect((await send(api.url, '/v1/nothing', { headers })).body.trace_id).toBe(traceId);
});

test('an upload is stored with the trace of its request', async () => {
  const north = await seedOrganization(api, 'north');
  const ana = await callAs(api.url, north.people['office-manager'].email);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const form = new FormData();
  form.append('file', new Blob(['%PDF-1.7 traced']), 'traced.pdf');
  const headers = { authorization: `Bearer ${ana.token}`, traceparent: `00-${traceId}-b7ad6b7169203331-01` };
  expect((await fetch(`${api.url}/v1/documents`, { method: 'POST', body: form, headers })).status).toBe(202);
  const [event] = await api.testDatabase.query("select trace_parent from events where file_name = 'traced.pdf'");
  expect(event?.['trace_parent']).toContain(traceId);
});
