import type { IncomingMessage, UnpackedMessage } from '#domain/messages';
import { unpackMessage } from './unpack-message.ts';

/** What the unpacking process can do; loaded there only. */
export const tasks = {
  unpack: (message: IncomingMessage): Promise<UnpackedMessage> => unpackMessage(message),
};
