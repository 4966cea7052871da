/** What the receiving server found out about a sender (RFC 8601). */
interface AuthenticationResults {
  /** Who says so. */
  readonly server: string;
  readonly spf: string | null;
  /** `pass` when one signature of several holds. */
  readonly dkim: string | null;
  readonly dmarc: string | null;
}

/**
 * Reads the topmost Authentication-Results header, with or without its name. Comments and quoted text are taken out
 * first, so that what a sender puts there is not taken for a result.
 *
 * @returns null when there is no server's name in it; absent is not failed.
 */
export function parseAuthenticationResults(header: string | null): AuthenticationResults | null {
  if (header === null) return null;
  const bare = withoutComments(header.replace(/^authentication-results:/i, '')).replaceAll(/"[^"]*"/g, '""');
  const [server = '', ...parts] = bare.split(';').map((part) => part.trim());
  const name = server.split(/\s+/)[0]?.toLowerCase() ?? '';
  if (!/^[a-z0-9._-]+$/.test(name)) return null;
  const results = parts.flatMap((part) => {
    const [, method = '', result = ''] = /^([a-z-]+)(?:\/\d+)?\s*=\s*([a-z]+)/i.exec(part) ?? [];
    return method === '' ? [] : [[method.toLowerCase(), result.toLowerCase()] as const];
  });
  const of = (method: string): string | null => {
    const own = results.filter(([one]) => one === method).map(([, result]) => result);
    return own.includes('pass') ? 'pass' : (own[0] ?? null);
  };
  return { server: name, spf: of('spf'), dkim: of('dkim'), dmarc: of('dmarc') };
}

/** RFC 5322 comments nest. */
function withoutComments(text: string): string {
  let depth = 0;
  let kept = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && depth > 0) at += 1;
    else if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0) kept += character;
  }
  return kept;
}
