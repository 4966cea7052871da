import { Tooltip } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { useMay } from '../api/rights.ts';

interface NeedsRightProps {
  readonly right: string;
  /** Who may, in words: `Only a controller releases payment runs.` */
  readonly reason: string;
  readonly children: (isDisabled: boolean) => ReactElement;
}

/** Shows a control that the member may not use as disabled, with the reason. */
export function NeedsRight({ right, reason, children }: NeedsRightProps): ReactNode {
  const isAllowed = useMay(right);
  if (isAllowed) return children(false);
  return (
    <Tooltip label={reason}>
      <span>{children(true)}</span>
    </Tooltip>
  );
}
