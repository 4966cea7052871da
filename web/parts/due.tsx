import { Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { daysUntil, sayDay, sayDue } from './words.ts';

/** When something is due, in words; overdue has a sign of its own. */
export function Due({ day }: { readonly day: string | null }): ReactNode {
  if (day === null)
    return (
      <Text span size="sm" c="dimmed">
        no due date
      </Text>
    );
  const days = daysUntil(day);
  return (
    <Tooltip label={sayDay(day)}>
      <Text span size="sm" className="figures" c={days < 0 ? 'var(--mantine-color-error)' : 'dimmed'}>
        {days < 0 && <IconAlertTriangle size={13} aria-hidden style={{ verticalAlign: '-2px', marginRight: 4 }} />}
        {sayDue(day)}
      </Text>
    </Tooltip>
  );
}
