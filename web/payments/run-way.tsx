import { Text, Timeline } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBan,
  IconCheck,
  IconCircleCheck,
  IconHelp,
  IconHourglass,
  IconSend,
  IconSendOff,
  IconSignature,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PaymentRunDetail } from '../../src/interfaces/api/contract.ts';
import { sayInstant } from '../parts/words.ts';
import { sayStep } from './submission-words.ts';

type Step = PaymentRunDetail['path'][number];

const signs: Readonly<Record<Step['what'], Icon>> = {
  proposed: IconHourglass,
  released: IconSignature,
  sent: IconSend,
  'not-sent': IconSendOff,
  'no-answer': IconHelp,
  asked: IconHelp,
  accepted: IconCircleCheck,
  confirmed: IconCircleCheck,
  refused: IconBan,
  'taken-back': IconArrowBackUp,
  answered: IconCheck,
};

/** What happened to a run so far, step by step: when, by whom, and what the bank said. */
export function RunWay({ run }: { readonly run: PaymentRunDetail }): ReactNode {
  return (
    <Timeline active={run.path.length} bulletSize={24} lineWidth={1.5} color="gray" aria-label="Its way so far">
      {run.path.map((step) => {
        const Sign = signs[step.what];
        return (
          <Timeline.Item key={`${step.what} ${step.at}`} bullet={<Sign size={13} stroke={1.8} aria-hidden />}>
            <Text size="sm" fw={500}>
              {sayStep(step, run.releasedAt !== null)}
            </Text>
            <Text size="xs" c="dimmed" className="figures">
              {step.by?.name ?? 'Deskhand'}, {sayTime(step)}
            </Text>
            {step.note !== null && (
              <Text size="sm" mt={2} style={{ overflowWrap: 'anywhere' }}>
                {step.what === 'answered' ? `“${step.note}”` : step.note}
              </Text>
            )}
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}

/** Of several in a row, from the first to the last. */
function sayTime({ at, lastAt }: Step): string {
  const [first, last] = [sayInstant(at), sayInstant(lastAt)];
  return first === last ? first : `${first} to ${last}`;
}
