import { Anchor, Button, CopyButton, Group, Paper, Spoiler, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Question } from '../../src/interfaces/api/contract-questions.ts';
import { AnswerCard } from './answer-card.tsx';
import { sayDelivery, sayStanding } from './question-words.ts';
import { useQuestionAct } from './use-question-act.ts';

interface QuestionThreadProps {
  readonly question: Question;
  readonly choices: readonly string[];
  readonly mayDecide: boolean;
}

/** One question: what was written, how far it came, what was answered. */
export function QuestionThread({ question, choices, mayDecide }: QuestionThreadProps): ReactNode {
  const { toName, toAddress, status, mails, answers, byPolicy } = question;
  const last = mails.at(-1);
  const isOpen = status === 'open' && mayDecide;
  // A question that was refused is closed: what is refused of an open one is a reminder.
  const isOut = last?.delivery === 'sent' || last?.delivery === 'by-hand' || last?.delivery === 'refused';
  return (
    <Paper withBorder p="sm" component="article" aria-label={`Question to ${toName || toAddress}`}>
      <Stack gap="xs">
        <div>
          <Text size="sm" fw={600}>
            To {toName === '' ? toAddress : toName}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {toAddress} · {sayStanding(question)}
          </Text>
        </div>
        {byPolicy !== null && (
          <Text size="sm">
            Deskhand asked by itself, under{' '}
            <Anchor component={Link} to="/policy" search={{ version: byPolicy.version } as never} inherit underline="always">
              policy version {byPolicy.version}
            </Anchor>
            . {byPolicy.because} {status === 'open' ? 'Whoever has the task may decide it without waiting.' : ''}
          </Text>
        )}
        {mails.map((mail) => (
          <MailText key={mail.id} mail={mail} />
        ))}
        {isOpen && last?.delivery === 'to-send' && <SendByHand question={question} mail={last} />}
        {answers.map((answer) => (
          <AnswerCard key={answer.id} answer={answer} choices={choices} mayDecide={isOpen} />
        ))}
        {isOpen && isOut && question.answeredAt === null && <Remind question={question} />}
      </Stack>
    </Paper>
  );
}

type Mail = Question['mails'][number];

function MailText({ mail }: { readonly mail: Mail }): ReactNode {
  return (
    <div>
      <Text size="xs" c={mail.delivery === 'refused' || mail.delivery === 'unknown' ? 'red' : 'dimmed'}>
        {mail.purpose === 'remind' ? 'Reminder. ' : ''}
        {sayDelivery(mail)}
        {mail.writtenBy === null ? '' : ` (${mail.writtenBy.name})`}
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {mail.subject}
      </Text>
      <Spoiler maxHeight={0} showLabel="Show the text" hideLabel="Hide the text" fz="sm">
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {mail.body}
        </Text>
      </Spoiler>
    </div>
  );
}

/** Copied into a mail of one's own, with the subject as it is. */
function SendByHand({ question, mail }: { readonly question: Question; readonly mail: Mail }): ReactNode {
  const act = useQuestionAct();
  return (
    <Group gap="xs">
      <Copy what="address" value={question.toAddress} />
      <Copy what="subject" value={mail.subject} />
      <Copy what="text" value={mail.body} />
      <Button
        size="xs"
        loading={act.isPending}
        onClick={() => act.mutate({ path: `/v1/questions/${question.id}/sent`, said: 'The task waits for the answer.' })}
      >
        I have sent it
      </Button>
    </Group>
  );
}

function Copy({ what, value }: { readonly what: string; readonly value: string }): ReactNode {
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Button size="xs" variant="default" onClick={copy}>
          {copied ? 'Copied' : `Copy the ${what}`}
        </Button>
      )}
    </CopyButton>
  );
}

function Remind({ question }: { readonly question: Question }): ReactNode {
  const act = useQuestionAct();
  return (
    <Group>
      <Button
        size="compact-sm"
        variant={question.unansweredSince === null ? 'subtle' : 'light'}
        loading={act.isPending}
        onClick={() => act.mutate({ path: `/v1/questions/${question.id}/reminder`, said: 'They are asked again.' })}
      >
        Send a reminder
      </Button>
    </Group>
  );
}
