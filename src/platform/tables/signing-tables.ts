import type { BigInteger, Instant, OrNull } from './column-types.ts';

/** A passkey of a person, or the challenge that a device has not answered yet (`confirmed_at` null). */
export interface SigningKeysTable {
  id: string;
  organization_id: string;
  member_id: string;
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
