import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type AnyRouter,
} from '@tanstack/react-router';
import { agreementsQuery } from './agreements/agreement-query.ts';
import {
  auditQuery,
  bankFileQuery,
  bankFilesQuery,
  delegationsQuery,
  signingKeysQuery,
  documentQuery,
  invoiceQuery,
  invoicesQuery,
  messageQuery,
  messagesQuery,
  meQuery,
  overviewQuery,
  paymentRunQuery,
  paymentRunsQuery,
  paymentsQuery,
  policiesQuery,
  purchaseOrderQuery,
  purchaseOrdersQuery,
  runQuery,
  runsQuery,
  supplierQuery,
  suppliersQuery,
  taskQuery,
  tasksQuery,
  type RunView,
  type TaskView,
  type InvoiceSearch,
} from './api/queries.ts';
import { isProblem } from './api/request.ts';
import { Failed } from './parts/failed.tsx';
import { OfficeShell } from './shell/office-shell.tsx';
import { Waiting } from './shell/waiting.tsx';

export interface RouterContext {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): { next?: string | undefined } => ({ next: text(search['next']) }),
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
});

/** Everything behind the sign-in, in the frame of the office. */
const office = createRoute({
  getParentRoute: () => root,
  id: 'office',
  component: OfficeShell,
  pendingComponent: Waiting,
  errorComponent: ({ error, reset }) => <Failed error={error} retry={reset} />,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (error) {
      if (isProblem(error, 401)) throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
});

const inbox = createRoute({
  getParentRoute: () => office,
  path: '/',
  validateSearch: (search): { view?: TaskView | undefined } => ({
    view: search['view'] === 'all' || search['view'] === 'done' ? search['view'] : undefined,
  }),
  loaderDeps: ({ search }) => ({ view: search.view ?? 'mine' }),
  loader: ({ context, deps }) => {
    void context.client.prefetchQuery(overviewQuery);
    void context.client.prefetchInfiniteQuery(tasksQuery(deps.view));
  },
  component: lazyRouteComponent(() => import('./inbox/inbox-page.tsx'), 'InboxPage'),
});

const task = createRoute({
  getParentRoute: () => office,
  path: '/tasks/$taskId',
  loader: ({ context, params }) => void context.client.prefetchQuery(taskQuery(params.taskId)),
  component: lazyRouteComponent(() => import('./tasks/task-page.tsx'), 'TaskPage'),
});

const approval = createRoute({
  getParentRoute: () => office,
  path: '/approvals/$taskId',
  loader: ({ context, params }) => void context.client.prefetchQuery(taskQuery(params.taskId)),
  component: lazyRouteComponent(() => import('./approval/approval-page.tsx'), 'ApprovalPage'),
});

const invoices = createRoute({
  getParentRoute: () => office,
  path: '/invoices',
  validateSearch: (search): InvoiceSearch => ({
    status: text(search['status']),
    q: text(search['q']),
    figure: text(search['figure']),
    period: periodText(search['period']),
    reason: text(search['reason']),
    supplierId: text(search['supplierId']),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => void context.client.prefetchInfiniteQuery(invoicesQuery(deps)),
  component: lazyRouteComponent(() => import('./invoices/invoices-page.tsx'), 'InvoicesPage'),
});

/** A year alone comes out of the address as a number. */
function periodText(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : text(value);
}

const numbers = createRoute({
  getParentRoute: () => office,
  path: '/numbers',
  validateSearch: (search): { period?: string | undefined } => ({ period: periodText(search['period']) }),
  component: lazyRouteComponent(() => import('./numbers/numbers-page.tsx'), 'NumbersPage'),
});

export type InvoiceTab = 'fields' | 'match' | 'booking' | 'proof' | 'timeline';
const invoiceTabs: readonly string[] = ['fields', 'match', 'booking', 'proof', 'timeline'];
const invoice = createRoute({
  getParentRoute: () => office,
  path: '/invoices/$invoiceId',
  validateSearch: (search): { tab?: InvoiceTab | undefined; task?: string | undefined; asOf?: number | undefined } => ({
    tab: invoiceTabs.includes(String(search['tab'])) ? (search['tab'] as InvoiceTab) : undefined,
    task: text(search['task']),
    asOf: Number.isSafeInteger(Number(search['asOf'])) && Number(search['asOf']) > 0 ? Number(search['asOf']) : undefined,
  }),
  loader: async ({ context, params }) => {
    const found = context.client
      .fetchQuery(invoiceQuery(params.invoiceId))
      .then((loaded) => context.client.prefetchQuery(documentQuery(loaded.documentId)));
    // The page says what failed; the loader only starts early.
    void found.catch(() => undefined);
  },
  component: lazyRouteComponent(() => import('./review/review-page.tsx'), 'ReviewPage'),
});

const messages = createRoute({
  getParentRoute: () => office,
  path: '/messages',
  loader: ({ context }) => void context.client.prefetchInfiniteQuery(messagesQuery()),
  component: lazyRouteComponent(() => import('./messages/messages-page.tsx'), 'MessagesPage'),
});
const message = createRoute({
  getParentRoute: () => office,
  path: '/messages/$messageId',
  loader: ({ context, params }) => void context.client.prefetchQuery(messageQuery(params.messageId)),
  component: lazyRouteComponent(() => import('./messages/message-page.tsx'), 'MessagePage'),
});

const orders = createRoute({
  getParentRoute: () => office,
  path: '/purchase-orders',
  loader: ({ context }) => void context.client.prefetchInfiniteQuery(purchaseOrdersQuery()),
  component: lazyRouteComponent(() => import('./purchase-orders/purchase-orders-page.tsx'), 'PurchaseOrdersPage'),
});
const order = createRoute({
  getParentRoute: () => office,
  path: '/purchase-orders/$orderId',
  loader: ({ context, params }) => void context.client.prefetchQuery(purchaseOrderQuery(params.orderId)),
  component: lazyRouteComponent(() => import('./purchase-orders/purchase-order-page.tsx'), 'PurchaseOrderPage'),
});

const suppliers = createRoute({
  getParentRoute: () => office,
  path: '/suppliers',
  loader: ({ context }) => void context.client.prefetchInfiniteQuery(suppliersQuery()),
  component: lazyRouteComponent(() => import('./suppliers/suppliers-page.tsx'), 'SuppliersPage'),
});
const supplier = createRoute({
  getParentRoute: () => office,
  path: '/suppliers/$supplierId',
  loader: ({ context, params }) => void context.client.prefetchQuery(supplierQuery(params.supplierId)),
  component: lazyRouteComponent(() => import('./suppliers/supplier-page.tsx'), 'SupplierPage'),
});

const agreements = createRoute({
  getParentRoute: () => office,
  path: '/agreements',
  loader: ({ context }) => void context.client.prefetchQuery(agreementsQuery()),
  component: lazyRouteComponent(() => import('./agreements/agreements-page.tsx'), 'AgreementsPage'),
});

const payments = createRoute({
  getParentRoute: () => office,
  path: '/payments',
  validateSearch: (search): { show?: 'runs' | 'bank' | undefined } => ({
    show: search['show'] === 'runs' || search['show'] === 'bank' ? search['show'] : undefined,
  }),
  loader: ({ context }) => {
    void context.client.prefetchInfiniteQuery(paymentsQuery('scheduled'));
    void context.client.prefetchInfiniteQuery(paymentRunsQuery());
    void context.client.prefetchInfiniteQuery(bankFilesQuery());
  },
  component: lazyRouteComponent(() => import('./payments/payments-page.tsx'), 'PaymentsPage'),
});
const run = createRoute({
  getParentRoute: () => office,
  path: '/payments/runs/$runId',
  loader: ({ context, params }) => void context.client.prefetchQuery(paymentRunQuery(params.runId)),
  component: lazyRouteComponent(() => import('./payments/payment-run-page.tsx'), 'PaymentRunPage'),
});

const bankFile = createRoute({
  getParentRoute: () => office,
  path: '/payments/bank/$fileId',
  loader: ({ context, params }) => void context.client.prefetchQuery(bankFileQuery(params.fileId)),
  component: lazyRouteComponent(() => import('./payments/bank-file-page.tsx'), 'BankFilePage'),
});

const standIns = createRoute({
  getParentRoute: () => office,
  path: '/stand-ins',
  loader: ({ context }) => void context.client.prefetchQuery(delegationsQuery),
  component: lazyRouteComponent(() => import('./stand-ins/stand-ins-page.tsx'), 'StandInsPage'),
});

const policy = createRoute({
  getParentRoute: () => office,
  path: '/policy',
  validateSearch: (search): { version?: number | undefined } => ({
    version: search['version'] !== undefined && Number.isSafeInteger(Number(search['version'])) ? Number(search['version']) : undefined,
  }),
  loader: ({ context }) => void context.client.prefetchQuery(policiesQuery),
  component: lazyRouteComponent(() => import('./policy/policy-page.tsx'), 'PolicyPage'),
});

const passkeys = createRoute({
  getParentRoute: () => office,
  path: '/passkeys',
  loader: ({ context }) => void context.client.prefetchQuery(signingKeysQuery),
  component: lazyRouteComponent(() => import('./passkeys/passkeys-page.tsx'), 'PasskeysPage'),
});

const audit = createRoute({
  getParentRoute: () => office,
  path: '/audit',
  loader: ({ context }) => void context.client.prefetchQuery(auditQuery),
  component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
});

const runViews: readonly string[] = ['running', 'waiting', 'done', 'failed', 'cancelled'];
const automation = createRoute({
  getParentRoute: () => office,
  path: '/automation',
  validateSearch: (search): { status?: RunView | undefined } => ({
    status: runViews.includes(String(search['status'])) ? (search['status'] as RunView) : undefined,
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const mayOperate = context.client.getQueryData(meQuery.queryKey)?.rights.includes('automation:operate') === true;
    if (mayOperate) void context.client.prefetchQuery(runsQuery(deps.status ?? 'all'));
  },
  component: lazyRouteComponent(() => import('./automation/automation-page.tsx'), 'AutomationPage'),
});
const automationRun = createRoute({
  getParentRoute: () => office,
  path: '/automation/$runId',
  loader: ({ context, params }) => void context.client.prefetchQuery(runQuery(params.runId)),
  component: lazyRouteComponent(() => import('./automation/run-page.tsx'), 'RunPage'),
});

const routes = root.addChildren([
  signIn,
  office.addChildren([
    inbox,
    task,
    approval,
    invoices,
    numbers,
    invoice,
    messages,
    message,
    orders,
    order,
    suppliers,
    supplier,
    agreements,
    payments,
    run,
    bankFile,
    standIns,
    policy,
    passkeys,
    audit,
    automation,
    automationRun,
  ]),
]);

/** Routes are fetched and their data asked for as soon as a link is hovered or focused. */
export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { client },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultNotFoundComponent: () => <Failed error={undefined} />,
  }) satisfies AnyRouter;
}

/** Fetches the code of all screens while nothing else is to do: going to one works even while the server restarts. */
export function fetchScreens(router: ReturnType<typeof makeRouter>): void {
  for (const route of Object.values(router.routesById)) void router.loadRouteChunk(route);
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
