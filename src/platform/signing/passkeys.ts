import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';

/** Where a person is when they sign: the page's origin, and the host name that their passkeys are bound to. */
export interface SigningSite {
  readonly origin: string;
  readonly host: string;
}

/** A passkey as it is kept. */
export interface Passkey {
  readonly credentialId: string;
  /** COSE_Key, RFC 9052. */
  readonly publicKey: Uint8Array;
  readonly transports: readonly string[];
  /** As the device counted its uses last; 0 where it counts none. */
  readonly uses: number;
}

/** A signature with all that a stranger needs to check it: it is over `authenticatorData` and the hash of `clientData`. */
export interface PasskeySignature {
  readonly authenticatorData: Uint8Array;
  /** JSON; its `challenge` is what was signed, in base64url. */
  readonly clientData: Uint8Array;
  readonly signature: Uint8Array;
  readonly uses: number;
}

/** What the page hands on from the device, as it came. */
export type DeviceAnswer = Readonly<Record<string, unknown>>;

/**
 * What a page asks a device for a new passkey with. The device must recognise its holder (fingerprint, face or PIN).
 *
 * @param challenge - 32 bytes in base64url.
 * Source: W3C Web Authentication Level 3, §5.4.
 */
export async function askForPasskey(order: {
  readonly site: SigningSite;
  readonly person: { readonly id: string; readonly name: string };
  readonly challenge: string;
  readonly known: readonly Pick<Passkey, 'credentialId'>[];
}): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return await generateRegistrationOptions({
    rpName: 'Deskhand',
    rpID: order.site.host,
    userID: new TextEncoder().encode(order.person.id),
    userName: order.person.name,
    userDisplayName: order.person.name,
    challenge: Buffer.from(order.challenge, 'base64url'),
    excludeCredentials: order.known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
  });
}

/** @returns the new passkey; null when the device's answer is not one to this challenge, from this site, by its holder. */
export async function readNewPasskey(
  answer: DeviceAnswer,
  asked: { readonly challenge: string; readonly site: SigningSite },
): Promise<Passkey | null> {
  const response = answer as unknown as RegistrationResponseJSON;
  const found = await orNull(() =>
    verifyRegistrationResponse({
      response,
      expectedChallenge: asked.challenge,
      expectedOrigin: asked.site.origin,
      expectedRPID: asked.site.host,
      requireUserVerification: true,
    }),
  );
  if (found?.verified !== true) return null;
  const { id, publicKey, counter, transports } = found.registrationInfo.credential;
  return { credentialId: id, publicKey, transports: transports ?? [], uses: counter };
}

/**
 * What a page asks a device for a signature with.
 *
 * @param digest - 64 hex digits: the 32 bytes that are signed are the challenge itself.
 */
export async function askForSignature(
  digest: string,
  keys: readonly Pick<Passkey, 'credentialId'>[],
  host: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return await generateAuthenticationOptions({
    rpID: host,
    challenge: Buffer.from(digest, 'hex'),
    allowCredentials: keys.map(({ credentialId }) => ({ id: credentialId })),
    userVerification: 'required',
  });
}

/** @returns the signature; null when it is not one over `digest`, by this key, from this site, with its holder recognised. */
export async function readSignature(
  answer: DeviceAnswer,
  asked: { readonly digest: string; readonly key: Passkey; readonly site: SigningSite },
): Promise<PasskeySignature | null> {
  const response = answer as unknown as AuthenticationResponseJSON;
  const { credentialId, publicKey, uses } = asked.key;
  const found = await orNull(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: Buffer.from(asked.digest, 'hex').toString('base64url'),
      expectedOrigin: asked.site.origin,
      expectedRPID: asked.site.host,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: uses },
      requireUserVerification: true,
    }),
  );
  if (found?.verified !== true) return null;
  return {
    authenticatorData: Buffer.from(response.response.authenticatorData, 'base64url'),
    clientData: Buffer.from(response.response.clientDataJSON, 'base64url'),
    signature: Buffer.from(response.response.signature, 'base64url'),
    uses: found.authenticationInfo.newCounter,
  };
}

/** The library throws for each thing that is not as it should be: to us each of them means that nobody signed. */
async function orNull<Answer>(work: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await work();
  } catch {
    return null;
  }
}
