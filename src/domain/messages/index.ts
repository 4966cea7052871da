export type { IncomingMessage, MessagePart, MessageSender, UnpackedMessage, UnpackProblem } from './message.ts';
export { threadOf } from './thread.ts';
