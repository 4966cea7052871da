import { Text, type TextProps } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Money } from '../../src/interfaces/api/contract.ts';
import { sayFigure } from './words.ts';

interface AmountProps extends TextProps {
  readonly money: Money | null;
}

/** An amount with its currency a little quieter, in figures that stand under each other. */
export function Amount({ money, ...text }: AmountProps): ReactNode {
  if (money === null)
    return (
      <Text span c="dimmed">
        –
      </Text>
    );
  return (
    <Text span className="figures" {...text}>
      {sayFigure(money.amount)}
      <Text span inherit c="dimmed" fw={400} ml={5} fz="0.86em">
        {money.currency}
      </Text>
    </Text>
  );
}
