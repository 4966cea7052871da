import type { IncomingMessage, UnpackedMessage } from '#domain/messages';

/** Opens a message and finds the documents in it, in a process of its own. Never throws for bad input: see `problems`. */
export interface Unpacker {
  unpack(message: IncomingMessage): Promise<UnpackedMessage>;
}
