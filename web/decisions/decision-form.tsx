import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { DecisionBody, TaskSummary } from '../../src/interfaces/api/contract.ts';
import { invoiceQuery } from '../api/queries.ts';
import { sayDone } from '../parts/notify.tsx';
import { CallFields, callFrom, emptyCall } from './call-fields.tsx';
import { choicesOf, type Choice } from './choices.ts';
import classes from './decisions.module.css';
import { NewSupplierFields, supplierFrom, type NewSupplier } from './new-supplier-fields.tsx';
import { PurchaseOrderChoice, SupplierChoice } from './record-choice.tsx';
import { useDecide } from './use-decide.ts';

interface DecisionFormProps {
  readonly task: TaskSummary;
  readonly choice: Choice;
  readonly cancel: () => void;
  readonly decided: (task: TaskSummary) => void;
}

/** The second step of a decision: what happens, whatever else must be said, and the button that does it. */
export function DecisionForm({ task, choice, cancel, decided }: DecisionFormProps): ReactNode {
  const [note, setNote] = useState('');
  const [supplierId, setSupplierId] = useState<string | null>(null);
  const [purchaseOrderId, setPurchaseOrderId] = useState<string | null>(null);
  const [billAt, setBillAt] = useState<string | null>(null);
  const [typedSupplier, setNewSupplier] = useState<NewSupplier | null>(null);
  const [callDraft, setCall] = useState(emptyCall);
  const call = callFrom(callDraft, task.facts);
  const bill = billOf(task, billAt);
  const decision = useDecide(task);
  const { needs } = choice;
  const printed = useQuery({ ...invoiceQuery(task.invoice?.id ?? ''), enabled: needs === 'new-supplier' && task.invoice !== null }).data;
  const newSupplier = typedSupplier ?? supplierFrom(task.invoice?.supplierName ?? '', printed);
  const isComplete =
    (needs !== 'note' || note.trim() !== '') &&
    (needs !== 'call' || call !== null) &&
    (needs !== 'supplier' || supplierId !== null) &&
    (needs !== 'purchase-order' || purchaseOrderId !== null) &&
    (needs !== 'bill' || bill !== undefined) &&
    (needs !== 'new-supplier' || (newSupplier.name.trim() !== '' && newSupplier.country.length === 2));

  const send = (): void => {
    const body: DecisionBody = {
      decision: choice.value,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
      ...(supplierId === null ? {} : { supplierId }),
      ...(purchaseOrderId === null ? {} : { purchaseOrderId }),
      ...(bill === undefined ? {} : { bill: { agreementId: bill.agreementId, expectedOn: bill.expectedOn } }),
      ...(needs === 'new-supplier' ? { newSupplier } : {}),
      ...(needs === 'call' && call !== null ? { call } : {}),
    };
    decision.mutate(body, {
      onSuccess: (done) => {
        sayDone(task.title, choice.label);
        decided(done);
      },
    });
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete) send();
      }}
    >
      <Stack gap="sm">
        {choice.effect !== '' && (
          <div className={classes['effect']}>
            <Text size="xs" c="dimmed" fw={550}>
              What happens
            </Text>
            <Text size="sm">{choice.effect}</Text>
          </div>
        )}
        {needs === 'supplier' && <SupplierChoice value={supplierId} onChange={setSupplierId} />}
        {needs === 'purchase-order' && (
          <PurchaseOrderChoice value={purchaseOrderId} onChange={setPurchaseOrderId} supplierId={task.invoice?.supplierId ?? null} />
        )}
        {needs === 'bill' && (
          <Radio.Group label="Which bill is it?" value={billAt} onChange={setBillAt}>
            <Stack gap={6} mt={6}>
              {(task.facts.bills ?? []).map((one, at) => (
                <Radio key={`${one.agreementId} ${one.expectedOn}`} value={String(at)} label={one.label} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {needs === 'call' && <CallFields facts={task.facts} value={callDraft} onChange={setCall} />}
        {needs === 'new-supplier' && <NewSupplierFields value={newSupplier} onChange={setNewSupplier} />}
        <Textarea
          label={needs === 'note' ? 'Reason' : 'Note (optional)'}
          description={needs === 'note' ? 'Kept in the audit log with your name.' : undefined}
          required={needs === 'note'}
          autosize
          minRows={needs === 'note' ? 2 : 1}
          maxLength={2000}
          data-autofocus={needs === undefined || needs === 'note' ? true : undefined}
          autoFocus={needs === 'note'}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button
            type="submit"
            color={choice.tone === 'no' ? 'red' : undefined}
            loading={decision.isPending}
            disabled={!isComplete}
            autoFocus={needs === undefined}
          >
            {choice.label}
          </Button>
          <Button variant="default" onClick={cancel} disabled={decision.isPending}>
            Back
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function billOf({ facts }: TaskSummary, at: string | null): NonNullable<TaskSummary['facts']['bills']>[number] | undefined {
  return at === null ? undefined : facts.bills?.[Number(at)];
}

/** The first answer of one tone, for the keys `a` and `r`. */
export function choiceOfTone(task: TaskSummary, tone: Choice['tone']): Choice | undefined {
  return choicesOf(task).find((choice) => choice.tone === tone && choice.isCorrection !== true);
}
