import {
  startAuthentication,
  startRegistration,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { Problem } from '../../src/interfaces/api/contract.ts';
import type { SigningKeyList, SigningKeyQuestion } from '../../src/interfaces/api/contract-signing.ts';
import { decide, ProblemError } from '../api/request.ts';

type Data = Record<string, unknown>;

/**
 * Asks the device for a new passkey; one that is on file signs for it first.
 *
 * @param approvalCode - instead of that signature: of an authenticator app that is on file.
 */
export async function addPasskey(name: string, approvalCode: string | null): Promise<SigningKeyList> {
  const { signingKeyId, creation, approval } = await decide<SigningKeyQuestion>('/v1/signing-keys', { name });
  const approved = approval === null || approvalCode !== null ? null : await signWithDevice(approval);
  const optionsJSON = creation as unknown as PublicKeyCredentialCreationOptionsJSON;
  const answer = await orProblem(() => startRegistration({ optionsJSON }));
  return await decide<SigningKeyList>(`/v1/signing-keys/${signingKeyId}/confirm`, {
    answer,
    ...(approved === null ? {} : { approval: approved }),
    ...(approvalCode === null ? {} : { approvalCode }),
  });
}

/** Asks the device to sign what the server showed. @throws ProblemError when the person said no or the device can't. */
export async function signWithDevice(question: Data): Promise<Data> {
  const optionsJSON = question as unknown as PublicKeyCredentialRequestOptionsJSON;
  return { ...(await orProblem(() => startAuthentication({ optionsJSON }))) };
}

async function orProblem<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (cause) {
    const why = cause instanceof Error ? cause.name : '';
    throw new ProblemError(problems[why] ?? notSigned);
  }
}

const notSigned: Problem = {
  type: 'about:blank',
  title: 'The device did not sign',
  status: 400,
  detail: 'It was cancelled or took too long. Nothing was released; try again when you have the device at hand.',
  code: 'DH_WEB_NOT_SIGNED',
};
const problems: Readonly<Record<string, Problem>> = {
  InvalidStateError: {
    ...notSigned,
    title: 'This device has a passkey already',
    detail: 'It is on the list; use another device for a second one.',
  },
  SecurityError: {
    ...notSigned,
    title: 'Not under this address',
    detail: 'The passkey belongs to another address of Deskhand. Open that one.',
  },
};
