import { domainErrors, type ErrorDefinition, type ErrorKind } from '#domain/errors';
import { orchestrationErrors } from '#orchestration';
import { platformErrors } from '#platform';
import { httpStatusOfError } from '../error-statuses.ts';
import { interfaceErrors } from '../errors.ts';
import type { Api } from './api-context.ts';

const kindInWords = {
  invalid: 'What was sent cannot be used. Change it and send it again.',
  denied: 'You may not do this. Ask somebody who may.',
  missing: 'There is no such thing here. Check the id.',
  conflict: 'It does not fit the current state. Reload and look again.',
  unavailable: 'Not available right now. Try again later.',
  defect: 'A fault in Deskhand. Report it with the trace id.',
} as const satisfies Record<ErrorKind, string>;

/** What the `type` of a problem points to: every code with what to do, by its anchor. */
export function serveErrorPage(app: Api): void {
  const definitions: readonly ErrorDefinition[] = [domainErrors, platformErrors, orchestrationErrors, interfaceErrors].flatMap((table) =>
    Object.values(table),
  );
  const rows = definitions
    .toSorted((left, right) => left.code.localeCompare(right.code))
    .map(
      (error) =>
        `<tr id="${error.code}"><td><code>${error.code}</code></td><td>${httpStatusOfError(error)}</td><td>${kindInWords[error.kind]}</td>` +
        `<td>${error.retryable ? 'yes' : 'no'}</td></tr>`,
    );
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Deskhand errors</title>
<style>body{font:16px/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse}
td,th{border-bottom:1px solid #ddd;padding:.4rem .8rem;text-align:left}:target{background:#fff3bf}</style></head><body>
<h1>Errors</h1><p>The detail of each problem says what happened; this page says what its code means.</p>
<table><tr><th>Code</th><th>HTTP</th><th>What to do</th><th>Same call may work later</th></tr>${rows.join('')}</table></body></html>`;
  app.get('/docs/errors', { schema: { hide: true } }, (_, reply) => reply.type('text/html; charset=utf-8').send(page));
}
