export { mailboxSize, sampleMailbox } from './mailbox.ts';
export type { ExpectedDocument, MailboxOptions, SampleMail } from './mailbox.ts';
export { sampleOffice } from './office.ts';
export type { SampleMember, SampleOffice, SampleOrganization } from './office.ts';
export type { SampleInvoice, SampleLine } from './invoice.ts';
export type { SampleSupplier } from './suppliers.ts';
