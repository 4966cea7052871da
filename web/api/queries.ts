import { infiniteQueryOptions, queryOptions, type InfiniteData } from '@tanstack/react-query';
import type { CashAdviceView } from '../../src/interfaces/api/contract-cash.ts';
import type { Automation } from '../../src/interfaces/api/contract-automation.ts';
import type {
  AuditVerification,
  BankFile,
  BankFileDetail,
  CodeList,
  DocumentDetail,
  InvoiceDetail,
  InvoiceSummary,
  Me,
  MessageDetail,
  MessageSummary,
  Overview,
  PageWord,
  PaymentRunDetail,
  PaymentRunSummary,
  PaymentView,
  PurchaseOrderDetail,
  RemittanceAdvice,
  PurchaseOrderSummary,
  SupplierDetail,
  SupplierSummary,
  TaskSummary,
  TimelineEntry,
  Why,
} from '../../src/interfaces/api/contract.ts';
import type { PolicyDetailView, PolicyListView } from '../../src/interfaces/api/contract-policies.ts';
import type { Numbers } from '../../src/interfaces/api/contract-numbers.ts';
import type { QuestionDraft, TaskQuestions } from '../../src/interfaces/api/contract-questions.ts';
import type { RunDetail, WorkflowRun } from '../../src/interfaces/api/contract-runs.ts';
import type { Statement } from '../../src/interfaces/api/contract-statements.ts';
import type { SigningKeyList } from '../../src/interfaces/api/contract-signing.ts';
import type { DelegationList, Member } from '../../src/interfaces/api/contract-tasks.ts';
import { show } from './request.ts';

export interface ListPage<Item> {
  readonly items: Item[];
  readonly next: string | null;
}
export type TaskView = 'mine' | 'all' | 'done';
export type RunView = 'all' | WorkflowRun['status'];
export interface SampleMember {
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
  readonly password: string;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => show<Me>('/v1/me', signal),
  staleTime: 300_000,
});
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in-options'],
  queryFn: async ({ signal }) => (await show<{ sampleMembers: SampleMember[] }>('/v1/sign-in-options', signal)).sampleMembers,
});
export const overviewQuery = one<Overview>('overview', '/v1/overview');
export const auditQuery = one<AuditVerification>('audit', '/v1/audit/verification');

export const tasksQuery = (view: TaskView) => list<TaskSummary>('tasks', `/v1/tasks`, { view });
export const taskQuery = (id: string) => one<TaskSummary>('tasks', `/v1/tasks/${id}`);
export const taskQuestionsQuery = (id: string) => one<TaskQuestions>('tasks', `/v1/tasks/${id}/questions`);
export const questionDraftQuery = (id: string, to: string, language: string | null) =>
  one<QuestionDraft>('question-drafts', `/v1/tasks/${id}/question-draft?to=${to}${language === null ? '' : `&language=${language}`}`);
export const membersQuery = one<{ items: Member[] }>('members', '/v1/members');
export const signingKeysQuery = one<SigningKeyList>('signing-keys', '/v1/signing-keys');
export const delegationsQuery = one<DelegationList>('delegations', '/v1/delegations');
export interface InvoiceSearch {
  readonly status?: string | undefined;
  readonly q?: string | undefined;
  /** Those that this figure of the period counts. */
  readonly figure?: string | undefined;
  readonly period?: string | undefined;
  readonly reason?: string | undefined;
  readonly supplierId?: string | undefined;
}
export const numbersQuery = (period: string) => one<Numbers>('invoices', `/v1/numbers?period=${encodeURIComponent(period)}`);
export const invoicesQuery = (filter: InvoiceSearch) => list<InvoiceSummary>('invoices', '/v1/invoices', { ...filter });
/** @param asOf - event after which it is shown; today when left out. */
export const invoiceQuery = (id: string, asOf?: number) =>
  one<InvoiceDetail>('invoices', `/v1/invoices/${id}${asOf === undefined ? '' : `?asOf=${asOf}`}`);
export const whyQuery = (id: string) => one<Why>('invoices', `/v1/invoices/${id}/why`);
export const codesQuery = one<CodeList>('codes', '/v1/codes');
export const timelineQuery = (id: string) => one<{ items: TimelineEntry[] }>('timeline', `/v1/invoices/${id}/timeline`);
export const messagesQuery = () => list<MessageSummary>('messages', '/v1/messages');
export const messageQuery = (id: string) => one<MessageDetail>('messages', `/v1/messages/${id}`);
export const documentQuery = (id: string) => one<DocumentDetail>('documents', `/v1/documents/${id}`);
/** `supplierId`: whose it is, where a person says so. */
export const statementQuery = (documentId: string, supplierId: string | null) =>
  one<Statement>(
    'statements',
    `/v1/documents/${documentId}/statement${supplierId === null ? '' : `?supplierId=${encodeURIComponent(supplierId)}`}`,
  );
export const suppliersQuery = () => list<SupplierSummary>('suppliers', '/v1/suppliers');
export const supplierQuery = (id: string) => one<SupplierDetail>('suppliers', `/v1/suppliers/${id}`);
export interface CashQuestion {
  readonly currency: string;
  /** In percent a year. */
  readonly rate: string;
  /** `DAY:AMOUNT`. */
  readonly limit?: string | undefined;
}
export const purchaseOrdersQuery = () => list<PurchaseOrderSummary>('purchase-orders', '/v1/purchase-orders');
export const purchaseOrderQuery = (id: string) => one<PurchaseOrderDetail>('purchase-orders', `/v1/purchase-orders/${id}`);
export const paymentsQuery = (status: string) => list<PaymentView>('payments', '/v1/payments', { status });
export const cashAdviceQuery = ({ currency, rate, limit }: CashQuestion) =>
  one<CashAdviceView>('payments', `/v1/payments/advice?${new URLSearchParams({ currency, rate, ...(limit && { limit }) }).toString()}`);
export const bankFilesQuery = () => list<BankFile>('bank-files', '/v1/bank-files');
export const bankFileQuery = (id: string) => one<BankFileDetail>('bank-files', `/v1/bank-files/${id}`);
export const advicesQuery = (runId: string) =>
  one<{ items: RemittanceAdvice[] }>('payment-runs', `/v1/payment-runs/${runId}/remittance-advices`);
export const paymentRunsQuery = () => list<PaymentRunSummary>('payment-runs', '/v1/payment-runs');
export const paymentRunQuery = (id: string) => one<PaymentRunDetail>('payment-runs', `/v1/payment-runs/${id}`);
export const policiesQuery = one<PolicyListView>('policies', '/v1/policies');
export const policyQuery = (version: number) => one<PolicyDetailView>('policies', `/v1/policies/${version}`);
export const automationQuery = one<Automation>('automation', '/v1/automation');
export const runsQuery = (view: RunView) =>
  one<{ items: WorkflowRun[] }>('runs', view === 'all' ? '/v1/runs?limit=200' : `/v1/runs?limit=200&status=${view}`);
export const runQuery = (id: string) => one<RunDetail>('runs', `/v1/runs/${encodeURIComponent(id)}`);

/** The words of a page never change once read. */
export const wordsQuery = (documentId: string, page: number) =>
  queryOptions({
    queryKey: ['words', documentId, page],
    queryFn: ({ signal }) => show<{ items: PageWord[] }>(`/v1/documents/${documentId}/pages/${page}/words`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function pageImageUrl(documentId: string, page: number): string {
  return `/v1/documents/${documentId}/pages/${page}/image`;
}

export function itemsOf<Item>(data: InfiniteData<ListPage<Item>> | undefined): Item[] {
  return data?.pages.flatMap((page) => page.items) ?? [];
}

function one<Answer>(noun: string, path: string) {
  return queryOptions({ queryKey: [noun, path], queryFn: ({ signal }) => show<Answer>(path, signal) });
}

function list<Item>(noun: string, path: string, filter: Readonly<Record<string, string | undefined>> = {}) {
  return infiniteQueryOptions({
    queryKey: [noun, 'list', filter],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...filter, cursor: pageParam ?? undefined })) if (value) query.set(name, value);
      return show<ListPage<Item>>(query.size === 0 ? path : `${path}?${query.toString()}`, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}
