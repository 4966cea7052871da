import { parseAuthenticationResults } from './authentication-results.ts';
import type { GateFinding } from './gate.ts';

/**
 * A mail that does not come from where it says: DMARC failed, or without a DMARC result SPF failed and no signature
 * holds. An SPF that is merely doubtful (softfail) warns. Forwarding breaks SPF alone, so a signature that holds outweighs it. A mail
 * of which the server says nothing is not a failed one.
 *
 * @param trustedServers - names under which our own servers write the header; others are not believed. Empty: whoever wrote the
 *   topmost one, which is the receiving server wherever it writes any.
 */
export function senderAuthenticationFinding(
  sender: string | null,
  header: string | null,
  trustedServers: readonly string[],
): GateFinding | null {
  const results = parseAuthenticationResults(header);
  if (results === null || (trustedServers.length > 0 && !trustedServers.some((own) => own.toLowerCase() === results.server))) return null;
  const { server, spf, dkim, dmarc } = results;
  const isProven = dmarc === 'pass' || dkim === 'pass';
  const failed = [dmarc === 'fail' ? 'DMARC' : null, spf === 'fail' ? 'SPF' : null, dkim === 'fail' ? 'DKIM' : null].filter(
    (name) => name !== null,
  );
  const isForged = dmarc === 'fail' || (!isProven && spf === 'fail') || (!isProven && dkim === 'fail' && spf !== 'pass');
  const isDoubtful = !isForged && !isProven && dmarc !== 'pass' && spf === 'softfail';
  if (!isForged && !isDoubtful) return null;
  const what = isForged ? `${failed.join(' and ')} failed` : 'SPF gave no clear answer and nothing is signed';
  return {
    gate: 'sender-authentication',
    severity: isForged ? 'hold' : 'warn',
    expected: 'pass',
    found: [`spf ${spf ?? 'not said'}`, `dkim ${dkim ?? 'not said'}`, `dmarc ${dmarc ?? 'not said'}`].join(', '),
    message: `The mail says that it is from ${sender ?? 'nobody'}, but ${what} (according to ${server}): anybody may have sent it.`,
  };
}
