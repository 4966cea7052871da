/** What a person may be in an organization. One person may hold several roles, but never both ends of one payment. */
export const roles = ['office-manager', 'approver', 'controller', 'administrator', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** One thing a person may ask for: noun and verb, as in the API's scopes. */
export type Right =
  | 'invoices:read'
  | 'invoices:correct'
  | 'invoices:approve'
  | 'documents:upload'
  | 'master-data:read'
  | 'master-data:import'
  /** Call a supplier about an account, and say what they said. */
  | 'bank-accounts:call'
  /** Confirm an account that somebody else called about. */
  | 'bank-accounts:verify'
  /** Say why an invoice that a fraud gate holds may pass; two people each. */
  | 'fraud-gates:pass'
  /** Write down what is paid without an order, and end it. */
  | 'agreements:edit'
  /** Confirm an agreement that somebody else wrote down: its bills then need no order. */
  | 'agreements:confirm'
  | 'payment-runs:propose'
  | 'payment-runs:release'
  /** Hand in what the bank says: its answers and statements. */
  | 'bank-files:import'
  | 'tasks:read'
  | 'tasks:decide'
  /** Give a task to somebody else. */
  | 'tasks:assign'
  /** Name a stand-in for somebody else, who is ill for example. */
  | 'delegations:manage'
  | 'audit:read'
  /** Take a period's evidence out of the house, in one folder. */
  | 'audit:export'
  | 'connections:manage'
  /** Pause, stop, cancel and resume what runs by itself. */
  | 'automation:operate'
  | 'pipeline-steps:start'
  /** Write a new version of the policy tables. */
  | 'policies:edit'
  /** Switch on a version that somebody else wrote. */
  | 'policies:activate';

const everyone: readonly Right[] = ['invoices:read', 'master-data:read', 'tasks:read', 'tasks:decide', 'audit:read'];

/** Rights by role. Nobody's role both proposes and releases a payment run; the command also checks the person. */
export const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  'office-manager': [
    ...everyone,
    'invoices:correct',
    'invoices:approve',
    'documents:upload',
    'master-data:import',
    'bank-accounts:call',
    'fraud-gates:pass',
    'agreements:edit',
    'payment-runs:propose',
    'bank-files:import',
    'pipeline-steps:start',
    'tasks:assign',
    'policies:edit',
  ],
  approver: [...everyone, 'invoices:approve', 'agreements:confirm'],
  controller: [
    ...everyone,
    'invoices:correct',
    'invoices:approve',
    'documents:upload',
    'bank-accounts:call',
    'bank-accounts:verify',
    'fraud-gates:pass',
    'agreements:edit',
    'agreements:confirm',
    'payment-runs:release',
    'bank-files:import',
    'audit:export',
    'automation:operate',
    'tasks:assign',
    'delegations:manage',
    'policies:edit',
    'policies:activate',
  ],
  administrator: [
    ...everyone,
    'connections:manage',
    'master-data:import',
    'documents:upload',
    'pipeline-steps:start',
    'automation:operate',
    'delegations:manage',
    'policies:edit',
    'policies:activate',
  ],
  /** Reads everything and decides nothing. */
  auditor: ['invoices:read', 'master-data:read', 'tasks:read', 'audit:read', 'audit:export'],
};

/** Who asks: always one member of one organization, through one door. */
export interface Actor {
  readonly memberId: string;
  readonly organizationId: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export function mayDo(actor: Actor, right: Right): boolean {
  return actor.roles.some((role) => rightsOf[role].includes(right));
}
