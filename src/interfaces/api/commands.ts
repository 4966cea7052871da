import type { Actor } from '#domain/identity';
import {
  activatePolicy,
  askQuestion,
  assignTask,
  beginAuthenticator,
  beginSigningKey,
  cancelRun,
  confirmAuthenticator,
  confirmSigningKey,
  forkRun,
  resumeRun,
  cancelPaymentRun,
  claimTask,
  codeInvoice,
  confirmAgreement,
  correctInvoice,
  createAgreement,
  decideTask,
  decideTasks,
  delegate,
  endAgreement,
  exportAuditFolder,
  importBankFile,
  importRecords,
  pauseWork,
  proposePaymentRun,
  recordQuestionSent,
  releasePaymentRun,
  releaseTask,
  remindOfQuestion,
  resumeTask,
  resumeWork,
  revokeDelegation,
  revokeMemory,
  revokeSigningKey,
  savePolicy,
  settleAnswer,
  startPipelineStep,
  setTaxIdentity,
  switchLanguageModel,
  uploadFiles,
  verifyAudit,
  waitForAnswer,
  type AnswerSettlement,
  type AgreementDraft,
  type AuthenticatorAnswer,
  type AuthenticatorQuestion,
  type DelegationOrder,
  type GivenSignature,
  type KeyAnswer,
  type KeyQuestion,
  type FolderFile,
  type ModelSwitch,
  type TaxIdentity,
  type Office,
  type OutsideWait,
  type PauseTarget,
  type PipelineStepOrder,
  type PolicyActivation,
  type PolicyDraft,
  type QuestionOrder,
  type SavedPolicy,
  type TasksDecision,
  type TasksOutcome,
} from '#orchestration';
import type { SigningSite } from '#platform';
import type {
  AuditVerification,
  BankFileReceipt,
  CorrectionBody,
  CodingBody,
  DecisionBody,
  ImportKind,
  ImportResult,
  UploadResult,
} from './contract.ts';

type Command<Input, Answer> = (office: Office, actor: Actor, input: Input) => Promise<Answer>;
type RunOrder = { readonly workflowId: string; readonly reason: string };
type TaskInput = { readonly taskId: string };
type PauseOrder = { readonly target: PauseTarget; readonly reason: string };
type QuestionInput = { readonly questionId: string };
type RunInput = { readonly paymentRunId: string };

/** The commands that the API hands on; `#orchestration` has them by these names. */
export interface Commands {
  readonly decideTask: Command<{ readonly taskId: string } & Readonly<DecisionBody>, unknown>;
  readonly decideTasks: Command<TasksDecision, TasksOutcome>;
  readonly claimTask: Command<TaskInput, unknown>;
  readonly releaseTask: Command<TaskInput, unknown>;
  readonly assignTask: Command<TaskInput & { readonly memberId: string }, unknown>;
  readonly waitForAnswer: Command<OutsideWait, unknown>;
  readonly resumeTask: Command<TaskInput, unknown>;
  readonly askQuestion: Command<QuestionOrder, unknown>;
  readonly recordQuestionSent: Command<QuestionInput, unknown>;
  readonly remindOfQuestion: Command<QuestionInput, unknown>;
  readonly settleAnswer: Command<AnswerSettlement, unknown>;
  readonly delegate: Command<DelegationOrder, { readonly delegationId: string }>;
  readonly revokeDelegation: Command<{ readonly delegationId: string }, unknown>;
  readonly correctInvoice: Command<{ readonly invoiceId: string; readonly expectedVersion: number } & Readonly<CorrectionBody>, unknown>;
  readonly codeInvoice: Command<{ readonly invoiceId: string; readonly expectedVersion: number } & Readonly<CodingBody>, unknown>;
  readonly createAgreement: Command<AgreementDraft, { readonly agreementId: string }>;
  readonly confirmAgreement: Command<{ readonly agreementId: string }, unknown>;
  readonly endAgreement: Command<{ readonly agreementId: string; readonly reason?: string | undefined }, unknown>;
  readonly revokeMemory: Command<{ readonly memoryId: string; readonly reason?: string | undefined }, unknown>;
  readonly setTaxIdentity: Command<TaxIdentity, unknown>;
  readonly switchLanguageModel: Command<ModelSwitch, unknown>;
  readonly uploadFiles: Command<
    { readonly files: readonly { readonly fileName: string; readonly bytes: Uint8Array }[] },
    readonly UploadResult['messages'][number][]
  >;
  readonly importBankFile: Command<{ readonly fileName: string; readonly bytes: Uint8Array }, BankFileReceipt>;
  readonly proposePaymentRun: Command<{ readonly paymentIds: readonly string[] }, { readonly paymentRunId: string }>;
  readonly releasePaymentRun: Command<
    RunInput & { readonly digest?: string; readonly signature?: GivenSignature; readonly code?: string },
    unknown
  >;
  readonly beginAuthenticator: Command<{ readonly name: string; readonly site: SigningSite }, AuthenticatorQuestion>;
  readonly confirmAuthenticator: Command<AuthenticatorAnswer, unknown>;
  readonly beginSigningKey: Command<{ readonly name: string; readonly site: SigningSite }, KeyQuestion>;
  readonly confirmSigningKey: Command<KeyAnswer, unknown>;
  readonly revokeSigningKey: Command<{ readonly signingKeyId: string; readonly reason: string }, unknown>;
  readonly cancelPaymentRun: Command<RunInput & { readonly reason?: string }, unknown>;
  readonly importRecords: Command<
    {
      readonly kind: ImportKind;
      readonly fileName: string;
      readonly bytes: Uint8Array;
      readonly dryRun: boolean;
    },
    Readonly<Omit<ImportResult, 'faults'>> & { readonly faults: readonly ImportResult['faults'][number][] }
  >;
  readonly savePolicy: Command<PolicyDraft, SavedPolicy>;
  readonly activatePolicy: Command<PolicyActivation, unknown>;
  readonly pauseWork: Command<PauseOrder, unknown>;
  readonly resumeWork: Command<PauseOrder, unknown>;
  readonly cancelRun: Command<RunOrder, void>;
  readonly resumeRun: Command<RunOrder, void>;
  readonly forkRun: Command<RunOrder & { readonly position: number }, { readonly workflowId: string }>;
  readonly startPipelineStep: Command<PipelineStepOrder, { readonly isNew: boolean }>;
  readonly exportAuditFolder: Command<
    { readonly period: string; readonly onFile: (file: FolderFile) => Promise<void> },
    { readonly manifestSha256: string; readonly files: number }
  >;
  readonly verifyAudit: (office: Office, actor: Actor) => Promise<Readonly<AuditVerification>>;
}

export const officeCommands: Commands = {
  confirmAgreement,
  createAgreement,
  endAgreement,
  activatePolicy,
  askQuestion,
  recordQuestionSent,
  remindOfQuestion,
  settleAnswer,
  assignTask,
  beginAuthenticator,
  beginSigningKey,
  claimTask,
  confirmAuthenticator,
  confirmSigningKey,
  decideTasks,
  delegate,
  exportAuditFolder,
  releaseTask,
  resumeTask,
  resumeWork,
  revokeDelegation,
  revokeMemory,
  revokeSigningKey,
  savePolicy,
  waitForAnswer,
  cancelRun,
  forkRun,
  resumeRun,
  cancelPaymentRun,
  codeInvoice,
  correctInvoice,
  decideTask,
  importBankFile,
  importRecords,
  pauseWork,
  proposePaymentRun,
  releasePaymentRun,
  startPipelineStep,
  setTaxIdentity,
  switchLanguageModel,
  uploadFiles,
  verifyAudit,
};
