export type {
  AccountReport,
  BankFile,
  BankFiles,
  BankReason,
  BankStatus,
  BookedEntry,
  BookedReport,
  OrderStatus,
  PaymentStatus,
  StatusReport,
} from './bank-files.ts';
export type { Blobs, StoredBlob } from './blobs.ts';
export type { Callback, CallbackAnswer, Callbacks } from './callbacks.ts';
export type { Clock } from './clock.ts';
export type { LayoutMemory } from './layout-memory.ts';
export type { FieldOffer, LanguageModel, ModelAnswer, ModelQuestion, WithheldQuestion } from './language-model.ts';
export type { AnswerContext, Correspondence, MailAnswer, Mailer, OutgoingMail } from './correspondence.ts';
export type { DocumentReader, DocumentReadResult, PageRenderer, RenderedPage } from './document-reader.ts';
export type { OutgoingPaymentFile, PaymentChannel, SubmissionAnswer, SubmissionFinding } from './payment-channel.ts';
export type { BankParty, PaymentFiles, PaymentInstruction, PaymentOrder } from './payment-files.ts';
export type {
  GoodsReceiptRecord,
  ParsedRecords,
  PurchaseOrderRecord,
  RecordFault,
  RecordKind,
  CodeRecord,
  AgreementRecord,
  PastBookingRecord,
  RecordParser,
  RecordsByKind,
  SupplierRecord,
} from './record-parser.ts';
export type { Unpacker } from './unpacker.ts';
export type { Holidays } from './holidays.ts';
export type { MessageTriage, Triage } from './message-triage.ts';
export type { ChoiceProblem, Optimizer, Option } from './optimizer.ts';
