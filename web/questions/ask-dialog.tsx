import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { QuestionBody, QuestionDraft } from '../../src/interfaces/api/contract-questions.ts';
import { questionDraftQuery } from '../api/queries.ts';
import { languageNames, recipientNames, type Recipient } from './question-words.ts';
import { useQuestionAct } from './use-question-act.ts';

interface AskDialogProps {
  readonly taskId: string;
  readonly sendsMail: boolean;
  readonly close: () => void;
}

/** Whom to ask, and what: the draft with its facts, which a person reads, changes and sends. */
export function AskDialog({ taskId, sendsMail, close }: AskDialogProps): ReactNode {
  const [to, setTo] = useState<Recipient>('supplier');
  const [language, setLanguage] = useState<QuestionBody['language'] | null>(null);
  const draft = useQuery(questionDraftQuery(taskId, to, language));
  return (
    <Modal opened onClose={close} title="Ask about it" size="lg">
      <Stack>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label="Whom"
            data={Object.entries(recipientNames).map(([value, label]) => ({ value, label }))}
            allowDeselect={false}
            value={to}
            onChange={(value) => {
              setTo((value ?? 'supplier') as Recipient);
              setLanguage(null);
            }}
          />
          <Select
            label="Language"
            data={Object.entries(languageNames).map(([value, label]) => ({ value, label }))}
            allowDeselect={false}
            value={language ?? draft.data?.language ?? null}
            onChange={(value) => setLanguage(value as QuestionBody['language'])}
          />
        </SimpleGrid>
        {draft.isError && <Alert color="red">{draft.error.message}</Alert>}
        {draft.data !== undefined && (
          <AskForm key={`${to} ${draft.data.language}`} taskId={taskId} draft={draft.data} sendsMail={sendsMail} close={close} />
        )}
      </Stack>
    </Modal>
  );
}

function AskForm({ taskId, draft, sendsMail, close }: AskDialogProps & { readonly draft: QuestionDraft }): ReactNode {
  const act = useQuestionAct();
  const [toAddress, setToAddress] = useState(draft.toAddress ?? '');
  const [subject, setSubject] = useState(draft.subject);
  const [text, setText] = useState(draft.body);
  const isComplete = /^\S+@\S+\.\S+$/.test(toAddress) && subject.trim() !== '' && text.trim() !== '';
  const send = (): void => {
    const { recipient, toName, language } = draft;
    const body: QuestionBody = { recipient, toName, language, toAddress: toAddress.trim(), subject, body: text };
    const said = sendsMail ? `The question goes to ${toName}. The task waits for the answer.` : 'Kept. Send it, then say so below.';
    act.mutate({ path: `/v1/tasks/${taskId}/questions`, body, said }, { onSuccess: close });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) send();
      }}
    >
      <Stack>
        <TextInput
          label={draft.toName === '' ? 'Their address' : `Address of ${draft.toName}`}
          description="Only an answer from this address counts. Check it before you send."
          type="email"
          required
          value={toAddress}
          onChange={(event) => setToAddress(event.currentTarget.value)}
        />
        <TextInput
          label="Subject"
          description="A reference is added, so that the answer finds its way back."
          required
          maxLength={180}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          label="Text"
          required
          autosize
          minRows={8}
          maxRows={18}
          maxLength={20_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {!sendsMail && (
          <Text size="sm" c="dimmed">
            No mail server is set up, so Deskhand does not send it. You copy it into your own mail program next.
          </Text>
        )}
        <Group gap="xs">
          <Button type="submit" disabled={!isComplete} loading={act.isPending}>
            {sendsMail ? 'Send' : 'Keep, to send it myself'}
          </Button>
          <Button variant="default" onClick={close}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
