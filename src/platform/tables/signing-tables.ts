import type { Generated } from 'kysely';
import type { BigInteger, Instant, OrNull } from './column-types.ts';

/** A passkey or authenticator app of a person, or one that is not confirmed yet (`confirmed_at` null). */
export interface SigningKeysTable {
  id: string;
  organization_id: string;
  member_id: string;
  kind: Generated<'passkey' | 'authenticator'>;
  name: string;
  site: string;
  challenge: string;
  credential_id: OrNull<string>;
  public_key: OrNull<Uint8Array>;
  transports: OrNull<string[]>;
  uses: BigInteger;
  created_at: Instant;
  confirmed_at: OrNull<Date>;
  revoked_at: OrNull<Date>;
  revoked_by: OrNull<string>;
  revoked_because: OrNull<string>;
}
/** A signature over the digest of a payment run, with what a stranger needs to check it. */
export interface ReleaseSignaturesTable {
  payment_run_id: string;
  digest: string;
  organization_id: string;
  signing_key_id: string;
  member_id: string;
  authenticator_data: Uint8Array;
  client_data: Uint8Array;
  signature: Uint8Array;
  signed_at: Instant;
}
/** What an authenticator app computes its codes from, sealed. */
export interface AuthenticatorSecretsTable {
  signing_key_id: string;
  organization_id: string;
  sealed: Uint8Array;
}
/** Wrong codes of a person since their last right one. */
export interface SigningCodeAttemptsTable {
  member_id: string;
  organization_id: string;
  wrong: number;
  locked_until: OrNull<Date>;
}
/** A code that counted: once for each person and time step. */
export interface SigningCodeUsesTable {
  member_id: string;
  time_step: BigInteger;
  organization_id: string;
  signing_key_id: string;
  purpose: 'release' | 'new-key';
  payment_run_id: string | null;
  digest: string;
  used_at: Instant;
}
