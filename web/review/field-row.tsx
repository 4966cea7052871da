import { Group, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { columnOf, isFigure, labels, type FieldKey } from './field-names.ts';
import type { FieldKeys } from './use-field-keys.ts';
import { normalize } from './normalize.ts';
import classes from './review.module.css';
import { SuretySign } from './surety-sign.tsx';
import type { Review } from './use-review.ts';

interface FieldRowProps {
  readonly fieldKey: FieldKey;
  readonly review: Review;
  readonly keys: FieldKeys;
}

/** One value: its name, itself, how sure; while one is in it, also why and what else it could be. */
export function FieldRow({ fieldKey, review, keys }: FieldRowProps): ReactNode {
  const field = review.fieldOf(fieldKey);
  const surety = review.suretyNow(fieldKey);
  const isActive = keys.active === fieldKey;
  const proof = review.invoice.equations.find(
    (equation) => equation.holds && equation.rule.includes('=') && equation.fields.includes(fieldKey),
  );
  return (
    <div
      className={classes['field']}
      data-active={isActive || undefined}
      onMouseEnter={() => keys.hover(fieldKey)}
      onMouseLeave={() => keys.hover(null)}
    >
      <label className={classes['label']} htmlFor={`field-${fieldKey}`}>
        {labels[columnOf(fieldKey)]}
      </label>
      <FieldInput fieldKey={fieldKey} review={review} keys={keys} />
      <SuretySign surety={surety} reason={field?.reason} />
      {isActive && field !== undefined && (
        <div className={classes['reason']}>
          <Text size="xs" c="dimmed">
            {field.reason}
          </Text>
          {proof !== undefined && (
            <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
              {proof.text}
            </Text>
          )}
          {review.isEditable &&
            field.alternatives.slice(0, 3).map((other) => (
              <Group key={other.value} gap={6} mt={4} wrap="nowrap" align="baseline">
                <UnstyledButton
                  fz="xs"
                  fw={550}
                  c="var(--mantine-primary-color-light-color)"
                  style={{ overflowWrap: 'anywhere' }}
                  title={other.reason}
                  aria-label={`Take ${other.value} instead`}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => review.set(fieldKey, other.value)}
                >
                  {other.value}
                </UnstyledButton>
                <Text size="xs" c="dimmed">
                  {other.lost}
                </Text>
              </Group>
            ))}
        </div>
      )}
    </div>
  );
}

/** Typed text stays as typed while one is in the field; leaving it puts it in order. */
export function FieldInput({ fieldKey, review, keys, isBare = false }: FieldRowProps & { readonly isBare?: boolean }): ReactNode {
  const value = review.valueOf(fieldKey) ?? '';
  const [typing, setTyping] = useState<{ readonly text: string; readonly over: string } | null>(null);
  // A word taken from the page meanwhile replaces what was being typed.
  const typed = typing !== null && typing.over === value ? typing.text : null;
  const setTyped = (text: string | null): void => setTyping(text === null ? null : { text, over: value });
  const settle = (): void => {
    if (typed === null) return;
    const settled = normalize(fieldKey, typed);
    setTyped(null);
    if (settled !== review.valueOf(fieldKey)) review.set(fieldKey, settled);
  };
  return (
    <TextInput
      id={`field-${fieldKey}`}
      aria-label={isBare ? labels[columnOf(fieldKey)] : undefined}
      aria-invalid={review.suretyNow(fieldKey) === 'contradicted' || undefined}
      size="sm"
      variant={isBare ? 'unstyled' : 'default'}
      className={isFigure(fieldKey) ? (classes['figure'] ?? '') : ''}
      readOnly={!review.isEditable}
      placeholder={isBare ? '' : '–'}
      autoComplete="off"
      spellCheck={false}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={() => keys.enter(fieldKey)}
      onBlur={() => {
        settle();
        keys.leave(fieldKey);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          const settled = typed === null ? undefined : normalize(fieldKey, typed);
          setTyped(null);
          keys.press(event, fieldKey, settled);
        } else if (event.key === 'Escape') {
          setTyped(null);
          event.currentTarget.blur();
        }
      }}
    />
  );
}
