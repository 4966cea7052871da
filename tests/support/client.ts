/** A program that uses the API as one member. */
export interface TestClient {
  /** What makes a request this member's. */
  readonly headers: Readonly<Record<string, string>>;
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Every item of a list, page by page. */
  all<Item>(path: string): Promise<Item[]>;
}

/** Signs in as a member of the sample office, by the role it is known for; `nth` where several have it, from 0. */
export async function signIn(url: string, role: string, nth = 0): Promise<TestClient> {
  const sampleMembers = await untilSampleOffice(url);
  const member = sampleMembers.filter((candidate) => candidate.roles.includes(role))[nth];
  if (member === undefined) throw new Error(`The sample office has no ${role} number ${nth}.`);
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: member.email, password: member.password }),
  });
  const token = answer.headers.get('set-auth-token');
  if (token === null) throw new Error(`Sign-in failed: ${answer.status} ${await answer.text()}`);
  return client(url, { authorization: `Bearer ${token}` });
}

interface SampleMember {
  readonly email: string;
  readonly password: string;
  readonly roles: readonly string[];
}

/** The page is there before the office: a first start sets it up behind it. */
async function untilSampleOffice(url: string): Promise<readonly SampleMember[]> {
  for (let look = 0; look < 200; look += 1) {
    const { sampleMembers } = (await (await fetch(`${url}/v1/sign-in-options`)).json()) as {
      readonly sampleMembers: readonly SampleMember[];
    };
    if (sampleMembers.length > 0) return sampleMembers;
    await new Promise((resume) => setTimeout(resume, 100));
  }
  return [];
}

interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function client(url: string, headers: Readonly<Record<string, string>>): TestClient {
  const call = async <Answer>(path: string, init: Call): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...headers, ...init.headers } });
    const text = await response.text();
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path}: ${response.status} ${text}`);
    return (response.headers.get('content-type')?.includes('json') === true ? JSON.parse(text) : text) as Answer;
  };
  const get = <Answer>(path: string): Promise<Answer> => call<Answer>(path, {});
  return {
    headers,
    get,
    post: (path, body, extra = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...extra },
        body: JSON.stringify(body ?? {}),
      }),
    async all<Item>(path: string) {
      const items: Item[] = [];
      let cursor: string | null = null;
      do {
        const join: string = path.includes('?') ? '&' : '?';
        const page: { items: Item[]; next: string | null } = await get(
          cursor === null ? path : `${path}${join}cursor=${encodeURIComponent(cursor)}`,
        );
        items.push(...page.items);
        cursor = page.next;
      } while (cursor !== null);
      return items;
    },
  };
}
