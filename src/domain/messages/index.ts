export type { IncomingMessage, MessagePart, MessageSender, UnpackedMessage, UnpackProblem } from './message.ts';
