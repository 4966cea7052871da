import { useMe } from '../api/rights.ts';
import {
  IconBuildingStore,
  IconCash,
  IconChartBar,
  IconClipboardList,
  IconFileInvoice,
  IconInbox,
  IconMail,
  IconRobot,
  IconScale,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react';

export interface Place {
  readonly to:
    | '/'
    | '/invoices'
    | '/messages'
    | '/purchase-orders'
    | '/suppliers'
    | '/payments'
    | '/numbers'
    | '/policy'
    | '/audit'
    | '/automation';
  readonly label: string;
  readonly icon: Icon;
  /** Shown only to those who have it. */
  readonly right?: string;
}

/** The screens of the office, in the order of the day. The first four stand at the foot of a phone. */
const places: readonly Place[] = [
  { to: '/', label: 'Inbox', icon: IconInbox },
  { to: '/invoices', label: 'Invoices', icon: IconFileInvoice },
  { to: '/payments', label: 'Payments', icon: IconCash },
  { to: '/messages', label: 'Messages', icon: IconMail },
  { to: '/purchase-orders', label: 'Purchase orders', icon: IconClipboardList },
  { to: '/suppliers', label: 'Suppliers', icon: IconBuildingStore },
  { to: '/numbers', label: 'Numbers', icon: IconChartBar },
  { to: '/policy', label: 'Policy', icon: IconScale },
  { to: '/audit', label: 'Audit', icon: IconShieldCheck },
  { to: '/automation', label: 'Automation', icon: IconRobot, right: 'automation:operate' },
];

/** The screens that this member may use. */
export function usePlaces(): readonly Place[] {
  const rights = useMe()?.rights ?? [];
  return places.filter((place) => place.right === undefined || rights.includes(place.right));
}
