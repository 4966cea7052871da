import { Badge } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconArrowBackUp,
  IconBan,
  IconCalendarDue,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconDownload,
  IconEye,
  IconFileOff,
  IconHourglass,
  IconInbox,
  IconRobot,
  IconSend,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Look {
  readonly color: string;
  readonly icon: Icon;
  readonly label: string;
}

const look = (color: string, icon: Icon, label: string): Look => ({ color, icon, label });

/** How each status of the office is shown: colour, icon and word, never colour alone. */
const looks: Readonly<Record<string, Look>> = {
  'in-review': look('amber', IconEye, 'In review'),
  'awaiting-approval': look('ink', IconHourglass, 'Awaiting approval'),
  approved: look('green', IconCheck, 'Approved'),
  automatic: look('green', IconRobot, 'Approved without a person'),
  scheduled: look('green', IconCalendarDue, 'Scheduled'),
  'in-run': look('ink', IconHourglass, 'In a payment run'),
  released: look('green', IconSend, 'Released'),
  paid: look('gray', IconCircleCheck, 'Paid'),
  rejected: look('red', IconBan, 'Rejected'),
  cancelled: look('gray', IconBan, 'Cancelled'),
  proposed: look('amber', IconHourglass, 'Proposed'),
  verified: look('green', IconCircleCheck, 'Verified'),
  refused: look('red', IconBan, 'Refused'),
  open: look('gray', IconCircleDashed, 'Open'),
  done: look('green', IconCheck, 'Done'),
  'partly-received': look('ink', IconCircleHalf2, 'Partly received'),
  received: look('ink', IconInbox, 'Received'),
  'partly-invoiced': look('amber', IconCircleHalf2, 'Partly invoiced'),
  invoiced: look('green', IconCircleCheck, 'Invoiced'),
  handled: look('green', IconCheck, 'Handled'),
  read: look('green', IconCheck, 'Read'),
  unreadable: look('red', IconFileOff, 'Not readable'),
  running: look('ink', IconCircleHalf2, 'Running'),
  waiting: look('amber', IconHourglass, 'Waiting'),
  failed: look('red', IconAlertTriangle, 'Failed'),
  filed: look('gray', IconArchive, 'Filed'),
  'hand-in': look('green', IconDownload, 'File to hand in'),
  sent: look('ink', IconSend, 'Sent'),
  'in-doubt': look('amber', IconAlertTriangle, 'In doubt'),
  accepted: look('green', IconCircleCheck, 'Accepted'),
  'taken-back': look('gray', IconArrowBackUp, 'Taken back'),
};

export function StatusBadge({ status, label }: { readonly status: string; readonly label?: string }): ReactNode {
  const { color, icon: Sign, label: word } = looks[status] ?? look('gray', IconAlertTriangle, status);
  return (
    <Badge color={color} miw="max-content" leftSection={<Sign size={13} stroke={2} aria-hidden />}>
      {label ?? word}
    </Badge>
  );
}
