import { ThemeIcon } from '@mantine/core';
import {
  IconArrowsDiff,
  IconBooks,
  IconBuildingBank,
  IconCalculator,
  IconCoins,
  IconCopy,
  IconEye,
  IconFileOff,
  IconMail,
  IconPackage,
  IconQuestionMark,
  IconReceiptRefund,
  IconReceiptTax,
  IconScale,
  IconShieldExclamation,
  IconShoppingCartQuestion,
  IconSignature,
  IconTool,
  IconUserQuestion,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { TaskSummary } from '../../src/interfaces/api/contract.ts';

const byKind: Readonly<Partial<Record<TaskSummary['kind'], Icon>>> = {
  approval: IconSignature,
  unreadable: IconFileOff,
  message: IconMail,
  limit: IconScale,
  failed: IconTool,
};
const byReason: Readonly<Record<string, Icon>> = {
  price: IconArrowsDiff,
  quantity: IconArrowsDiff,
  'missing-receipt': IconPackage,
  'unordered-item': IconShoppingCartQuestion,
  'missing-purchase-order': IconShoppingCartQuestion,
  'unknown-supplier': IconUserQuestion,
  'bank-account-changed': IconBuildingBank,
  'bank-account-called': IconBuildingBank,
  'fraud-hold': IconShieldExclamation,
  'fraud-second': IconShieldExclamation,
  duplicate: IconCopy,
  currency: IconCoins,
  arithmetic: IconCalculator,
  'doubtful-value': IconEye,
  'credit-note': IconReceiptRefund,
  unit: IconArrowsDiff,
  'order-closed': IconShoppingCartQuestion,
  deposit: IconCoins,
  'over-credited': IconReceiptRefund,
  'tax-rate': IconReceiptTax,
  'tax-treatment': IconReceiptTax,
  'vat-id': IconReceiptTax,
  coding: IconBooks,
  'agreement-amount': IconCoins,
  'agreement-bill': IconCopy,
  'agreement-period': IconCopy,
};

/** The sign of a task, by what it is about. The words beside it say the same. */
export function TaskSign({ task, size = 30 }: { readonly task: TaskSummary; readonly size?: number }): ReactNode {
  const Sign = byKind[task.kind] ?? byReason[task.reason] ?? IconQuestionMark;
  const color =
    task.kind === 'approval'
      ? 'ink'
      : task.kind === 'unreadable' || task.kind === 'failed'
        ? 'red'
        : task.kind === 'exception'
          ? 'amber'
          : 'gray';
  return (
    <ThemeIcon variant="light" color={color} size={size} radius="md" aria-hidden>
      <Sign size={size * 0.56} stroke={1.7} />
    </ThemeIcon>
  );
}
