export type { IncomingMessage, MessagePart, MessageSender, UnpackedMessage, UnpackProblem } from './message.ts';
export { answeredMessages, isAutomaticMail, threadOf } from './thread.ts';
