import { expect, test } from 'vitest';
import { authenticatorUri, newAuthenticatorSecret, timeStepOf } from './authenticators.ts';

/** RFC 6238, Appendix B, SHA-1: the secret is the ASCII text 12345678901234567890; of eight digits the apps show the last six. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors: readonly (readonly [seconds: number, code: string, timeStep: number])[] = [
  [59, '94287082', 0x1],
  [1_111_111_109, '07081804', 0x23523ec],
  [1_111_111_111, '14050471', 0x23523ed],
  [1_234_567_890, '89005924', 0x273ef07],
  [2_000_000_000, '69279037', 0x3f940aa],
  [20_000_000_000, '65353130', 0x27bc86aa],
];

test.each(vectors)('at second %d the code is %s, as the RFC says', (seconds, code, timeStep) => {
  expect(timeStepOf(code.slice(2), secret, new Date(seconds * 1000))).toBe(timeStep);
});

test('a code counts in its own step and the two beside it, and in no other', () => {
  const [, code, timeStep] = vectors[3] ?? expect.unreachable();
  const at = (step: number, second: number): number | null => timeStepOf(code.slice(2), secret, new Date((step * 30 + second) * 1000));
  expect(at(timeStep - 2, 29)).toBeNull();
  expect(at(timeStep - 1, 0)).toBe(timeStep);
  expect(at(timeStep, 15)).toBe(timeStep);
  expect(at(timeStep + 1, 29)).toBe(timeStep);
  expect(at(timeStep + 2, 0)).toBeNull();
});

test('what is no code of six digits is none', () => {
  const now = new Date(59_000);
  for (const code of ['', '28708', '94287082', '28708Z', ' 287082', '287083']) expect(timeStepOf(code, secret, now)).toBeNull();
});

test('a new secret has 160 bits, and its address says all that an app must know', () => {
  const made = newAuthenticatorSecret();
  expect(made).toMatch(/^[A-Z2-7]{32}$/);
  expect(newAuthenticatorSecret()).not.toBe(made);
  const uri = new URL(authenticatorUri({ secret: made, label: 'Katrin & Co at office.example' }));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('Deskhand:Katrin & Co at office.example');
  expect(Object.fromEntries(uri.searchParams)).toEqual({ issuer: 'Deskhand', secret: made, algorithm: 'SHA1', digits: '6', period: '30' });
});
