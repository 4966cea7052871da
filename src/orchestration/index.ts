export { createActivities } from './activities/index.ts';
export type { Activities } from './activities/index.ts';
export { activityPolicies } from './activities/policies.ts';
export { mayTake } from './intake/backlog.ts';
export { cancelPaymentRun } from './commands/cancel-payment-run.ts';
export { codeInvoice } from './commands/code-invoice.ts';
export { correctInvoice } from './commands/correct-invoice.ts';
export type { InvoiceCorrection } from './commands/correct-invoice.ts';
export { assignTask } from './commands/assign-task.ts';
export { claimTask } from './commands/claim-task.ts';
export { decideTask } from './commands/decide-task.ts';
export { decideTasks } from './commands/decide-tasks.ts';
export type { TasksDecision, TasksOutcome } from './commands/decide-tasks.ts';
export { delegate, revokeDelegation } from './commands/delegate.ts';
export type { DelegationOrder } from './commands/delegate.ts';
export { beginAuthenticator, confirmAuthenticator } from './commands/authenticators.ts';
export type { AuthenticatorAnswer, AuthenticatorQuestion } from './commands/authenticators.ts';
export { beginSigningKey, confirmSigningKey, revokeSigningKey } from './commands/signing-keys.ts';
export type { KeyAnswer, KeyQuestion } from './commands/signing-keys.ts';
export type { GivenSignature } from './payments/signing-keys.ts';
export { askQuestion } from './questions/ask-question.ts';
export type { QuestionOrder } from './questions/ask-question.ts';
export { recordQuestionSent } from './questions/record-question-sent.ts';
export { remindOfQuestion } from './questions/remind-of-question.ts';
export { settleAnswer } from './questions/settle-answer.ts';
export type { AnswerSettlement } from './questions/settle-answer.ts';
export { releaseTask } from './commands/release-task.ts';
export { resumeTask, waitForAnswer } from './commands/wait-for-answer.ts';
export type { OutsideWait } from './commands/wait-for-answer.ts';
export type { NewSupplier, TaskDecision } from './commands/task-decision.ts';
export { importBankFile } from './commands/import-bank-file.ts';
export type { BankFileReceipt } from './commands/import-bank-file.ts';
export { importRecords } from './commands/import-records.ts';
export type { ImportInput, ImportOutcome } from './commands/import-records.ts';
export { cancelRun, forkRun, resumeRun } from './commands/operate-run.ts';
export { openConnection } from './commands/open-connection.ts';
export { pauseWork, resumeWork } from './commands/pause-work.ts';
export type { PauseTarget } from './commands/pause-work.ts';
export { proposePaymentRun } from './commands/propose-payment-run.ts';
export { receiveMessage } from './commands/receive-message.ts';
export type { Arrival } from './commands/receive-message.ts';
export { releasePaymentRun } from './commands/release-payment-run.ts';
export { startPipelineStep } from './commands/start-pipeline-step.ts';
export type { PipelineStepOrder } from './commands/start-pipeline-step.ts';
export { revokeMemory } from './commands/revoke-memory.ts';
export { setTaxIdentity, type TaxIdentity } from './commands/set-tax-identity.ts';
export { switchLanguageModel } from './commands/switch-language-model.ts';
export type { ModelSwitch } from './commands/switch-language-model.ts';
export { uploadFiles } from './commands/upload-files.ts';
export type { UploadedFile, UploadReceipt } from './commands/upload-files.ts';
export { checkExport, exportAuditFolder } from './audit-folder/export-audit-folder.ts';
export type { FolderFile } from './audit-folder/folder-files.ts';
export { verifyAudit } from './commands/verify-audit.ts';
export { createDbosEngine } from './engines/dbos.ts';
export { openDbosPlace } from './engines/dbos/place.ts';
export { migrateEngine } from './engines/migrate-engine.ts';
export type { EngineMove, MovedRun } from './engines/migrate-engine.ts';
export type { EngineKind } from './engines/moving.ts';
export { createTemporalEngine, openTemporalPlace } from './engines/temporal.ts';
export type { TemporalPlaceOptions } from './engines/temporal.ts';
export type { DbosEngineOptions } from './engines/dbos.ts';
export { orchestrationErrors } from './errors.ts';
export type { Engine } from './flow.ts';
export type { ModelOnTerms, Office } from './tasks/office.ts';
export {
  draftTaskQuestion,
  getAutomation,
  getBankFile,
  getDocument,
  getStatement,
  getTaxIdentity,
  getDocumentOriginal,
  getInvoice,
  getLanguageModel,
  getMe,
  getMessage,
  getOverview,
  getPageImage,
  getPageWords,
  getPaymentFile,
  getPaymentRun,
  getPipelineStep,
  getPurchaseOrder,
  getRemittanceAdvices,
  getRun,
  getSupplier,
  getTask,
  getTaskQuestions,
  getTimeline,
  figureNames,
  getNumbers,
  getWhy,
  listBankFiles,
  listCodes,
  listDelegations,
  listSigningKeys,
  listInvoices,
  listMembers,
  listMemories,
  listMessages,
  listPaymentRuns,
  listPayments,
  listPurchaseOrders,
  listRuns,
  listSuppliers,
  listTasks,
  verifyProof,
} from './queries/index.ts';
export type {
  DocumentOriginal,
  InvoiceFilter,
  PageImage,
  PageRequest,
  PaymentFilter,
  PurchaseOrderFilter,
  TaskFilter,
} from './queries/index.ts';
export { activatePolicy } from './policy/activate-policy.ts';
export type { PolicyActivation } from './policy/activate-policy.ts';
export { backtestPolicy } from './policy/backtest-policy.ts';
export { exportPolicy, getPolicy, listPolicies } from './policy/get-policies.ts';
export { savePolicy } from './policy/save-policy.ts';
export type { PolicyDraft, SavedPolicy } from './policy/save-policy.ts';
export { createAgreement } from './agreements/create-agreement.ts';
export type { AgreementDraft } from './agreements/create-agreement.ts';
export { confirmAgreement, endAgreement } from './agreements/decide-agreement.ts';
export { getAgreement, listAgreements } from './agreements/list-agreements.ts';
export { startHousekeeping } from './upkeep/housekeeping.ts';
export { forgetSettledWork } from './intake/outbox-retention.ts';
export { getCashAdvice } from './payments/get-cash-advice.ts';
export { referredRuns } from './payments/run-references.ts';
export { startRelay } from './intake/relay.ts';
export type { Relay } from './intake/relay.ts';
export { rebuildProjections } from './streams/rebuild.ts';
export type { RebuildFinding } from './streams/rebuild.ts';
export { workflows } from './workflows/index.ts';
