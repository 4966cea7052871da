import {
  IconBuildingStore,
  IconCash,
  IconClipboardList,
  IconFileInvoice,
  IconInbox,
  IconMail,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react';

export interface Place {
  readonly to: '/' | '/invoices' | '/messages' | '/purchase-orders' | '/suppliers' | '/payments' | '/audit';
  readonly label: string;
  readonly icon: Icon;
}

/** The screens of the office, in the order of the day. The first four stand at the foot of a phone. */
export const places: readonly Place[] = [
  { to: '/', label: 'Inbox', icon: IconInbox },
  { to: '/invoices', label: 'Invoices', icon: IconFileInvoice },
  { to: '/payments', label: 'Payments', icon: IconCash },
  { to: '/messages', label: 'Messages', icon: IconMail },
  { to: '/purchase-orders', label: 'Purchase orders', icon: IconClipboardList },
  { to: '/suppliers', label: 'Suppliers', icon: IconBuildingStore },
  { to: '/audit', label: 'Audit', icon: IconShieldCheck },
];
