import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconBan, IconBuildingBank, IconCircleCheck, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PaymentRunDetail, PaymentRunSummary } from '../../src/interfaces/api/contract.ts';
import { sayInstant } from '../parts/words.ts';
import { sayAttempts } from './submission-words.ts';

type Submission = NonNullable<PaymentRunSummary['submission']>;
interface Look {
  readonly color: string;
  readonly icon: Icon;
  readonly title: string;
}

const looks: Readonly<Record<Submission['state'], Look>> = {
  'hand-in': { color: 'gray', icon: IconBuildingBank, title: 'The file is for you to hand in' },
  waiting: { color: 'amber', icon: IconBuildingBank, title: 'It has not left yet' },
  sent: { color: 'ink', icon: IconBuildingBank, title: 'It is on its way to the bank' },
  'in-doubt': { color: 'amber', icon: IconAlertTriangle, title: 'Nobody knows yet whether it arrived' },
  accepted: { color: 'green', icon: IconCircleCheck, title: 'The bank has accepted it' },
  refused: { color: 'red', icon: IconBan, title: 'The bank has refused it' },
  'taken-back': { color: 'gray', icon: IconBan, title: 'It was taken back before it left' },
};

/** Where a released run stands with the bank, in plain words: since when, what was tried, what was said, what happens next. */
export function RunStanding({ submission }: { readonly submission: Submission }): ReactNode {
  const { color, icon: Sign, title } = looks[submission.state];
  const attempts = sayAttempts(submission);
  return (
    <Alert color={color} icon={<Sign size={18} aria-hidden />} title={title} role="status">
      <Stack gap={4}>
        <Text size="sm">
          Since {sayInstant(submission.since)}
          {attempts !== '' && `. ${attempts}`}
          {submission.bankReference !== null && (
            <>
              . The bank calls it{' '}
              <Text span inherit className="mono" style={{ overflowWrap: 'anywhere' }}>
                {submission.bankReference}
              </Text>
            </>
          )}
          .
        </Text>
        {submission.lastWord !== null && (
          <Text size="sm">
            {wordOf(submission)}: {submission.lastWord}
          </Text>
        )}
        <Text size="sm" fw={500}>
          {submission.next}
        </Text>
      </Stack>
    </Alert>
  );
}

function wordOf({ state }: Submission): string {
  if (state === 'refused') return 'The bank says';
  return state === 'in-doubt' || state === 'sent' ? 'Last answer' : 'Reason';
}

/** What people are asked about the run. */
export function RunQuestions({ questions }: { readonly questions: PaymentRunDetail['questions'] }): ReactNode {
  return questions.map(({ taskId, title, question }) => (
    <Alert key={taskId} color="ink" icon={<IconArrowRight size={18} aria-hidden />} title={title}>
      <Stack gap={6} align="flex-start">
        <Text size="sm">{question}</Text>
        <Anchor component={Link} to="/tasks/$taskId" params={{ taskId } as never} size="sm" fw={550} underline="always">
          Go to the question
        </Anchor>
      </Stack>
    </Alert>
  ));
}
