export { connectorErrors } from './errors.ts';
export { createFolderWatch, type FolderWatchOptions } from './files/folder-watch.ts';
export type { Deliver, MessageSource, ReportSource, SourceEvent } from './message-source.ts';
export { createImapSource, type ImapSourceOptions, type MailboxCursor } from './mail/imap.ts';
export { checkImapAccount, type ImapAccount } from './mail/imap-session.ts';
export { splitMbox } from './mail/split-mbox.ts';
export { defaultUnpackLimits, type UnpackLimits } from './mail/unpack-limits.ts';
export { unpackMessage } from './mail/unpack-message.ts';
export {
  writePain001,
  type PaymentFileGroup,
  type PaymentFileParty,
  type PaymentFilePayment,
  type PaymentFileRun,
} from './payments/pain001.ts';
export { validatePain001 } from './payments/validate-pain001.ts';
