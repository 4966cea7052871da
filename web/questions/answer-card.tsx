import { Alert, Anchor, Blockquote, Button, Group, Spoiler, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { QuestionAnswer, SettlementBody } from '../../src/interfaces/api/contract-questions.ts';
import { sayInstant } from '../parts/words.ts';
import { effects, kindNames, type Effect } from './question-words.ts';
import { useQuestionAct } from './use-question-act.ts';

interface AnswerCardProps {
  readonly answer: QuestionAnswer;
  /** Decisions that the task takes. */
  readonly choices: readonly string[];
  readonly mayDecide: boolean;
}

/** A mail that answered: the sentence it rests on, what is attached, what is proposed, and the person's word. */
export function AnswerCard({ answer, choices, mayDecide }: AnswerCardProps): ReactNode {
  const { fromAddress, receivedAt, doubt, recognised, body, documents, settled, settledBy, proposal } = answer;
  return (
    <Stack gap={6} data-answer>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {fromAddress ?? 'Nobody named'} {doubt === null ? 'answered' : 'wrote'} {sayInstant(receivedAt)}
      </Text>
      <Text size="sm" fw={600}>
        {kindNames[recognised.kind]}
      </Text>
      {recognised.sentence === null ? (
        <Text size="sm">{recognised.why}</Text>
      ) : (
        <Blockquote p="xs" fz="sm">
          {recognised.sentence}
        </Blockquote>
      )}
      {doubt !== null && (
        <Alert color="amber" p="xs" icon={<IconAlertTriangle size={16} aria-hidden />} title="Is it really from them?">
          {doubt}
        </Alert>
      )}
      <Spoiler maxHeight={recognised.kind === 'unclear' ? 120 : 0} showLabel="Read all of it" hideLabel="Less" fz="sm">
        <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {body}
        </Text>
      </Spoiler>
      {documents.map((document) => (
        <Text key={document.id} size="sm">
          Attached:{' '}
          {document.invoiceId === null ? (
            document.fileName
          ) : (
            <Anchor component={Link} to="/invoices/$invoiceId" params={{ invoiceId: document.invoiceId } as never} size="sm">
              {document.invoiceNumber ?? document.fileName}
            </Anchor>
          )}
        </Text>
      ))}
      {settled !== null && (
        <Text size="sm" c="dimmed">
          {effects[settled].label}
          {settledBy === null ? '' : ` (${settledBy.name})`}
        </Text>
      )}
      {settled === null && proposal !== null && <Text size="sm">{proposal.words}</Text>}
      {settled === null && mayDecide && <Settle answer={answer} choices={choices} />}
    </Stack>
  );
}

/** What it comes to: what is proposed first, and whatever else a person may say. */
function Settle({ answer, choices }: Omit<AnswerCardProps, 'mayDecide'>): ReactNode {
  const [chosen, setChosen] = useState<Effect | null>(null);
  const proposed = answer.proposal?.effect ?? null;
  const offered = (Object.keys(effects) as Effect[])
    .filter((effect) => effect === 'wait' || effect === 'set-aside' || choices.includes(effect))
    .toSorted((left, right) => Number(right === proposed) - Number(left === proposed));
  if (chosen !== null) return <SettleForm answer={answer} effect={chosen} cancel={() => setChosen(null)} />;
  return (
    <Group gap="xs">
      {offered.map((effect) => (
        <Button key={effect} size="xs" variant={effect === proposed ? 'filled' : 'default'} onClick={() => setChosen(effect)}>
          {effects[effect].label}
        </Button>
      ))}
    </Group>
  );
}

interface SettleFormProps {
  readonly answer: QuestionAnswer;
  readonly effect: Effect;
  readonly cancel: () => void;
}

function SettleForm({ answer, effect, cancel }: SettleFormProps): ReactNode {
  const act = useQuestionAct();
  const [until, setUntil] = useState(answer.recognised.until ?? '');
  const [note, setNote] = useState(answer.recognised.sentence === null ? '' : `They wrote: “${answer.recognised.sentence}”`);
  const { label, what } = effects[effect];
  const needsNote = effect === 'reject';
  const isComplete = !needsNote || note.trim() !== '';
  const send = (): void => {
    const body: SettlementBody = {
      effect,
      ...(effect === 'wait' && until !== '' ? { until } : {}),
      ...(note.trim() === '' || effect === 'wait' || effect === 'set-aside' ? {} : { note: note.trim() }),
    };
    act.mutate({ path: `/v1/question-answers/${answer.id}/settlement`, body, said: label });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) send();
      }}
    >
      <Stack gap="xs">
        <Text size="sm">{what}</Text>
        {effect === 'wait' && (
          <TextInput
            label="Until (optional)"
            type="date"
            description="Left empty: as long as the office allows."
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
          />
        )}
        {(effect === 'accept' || effect === 'reject') && (
          <Textarea
            label={needsNote ? 'Reason' : 'Note (optional)'}
            description="Kept in the audit log with your name."
            required={needsNote}
            autosize
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        <Group gap="xs">
          <Button type="submit" size="xs" loading={act.isPending} disabled={!isComplete}>
            {effect === 'set-aside' ? 'Yes, I have read it' : `Yes: ${label.toLowerCase()}`}
          </Button>
          <Button variant="default" size="xs" onClick={cancel}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
