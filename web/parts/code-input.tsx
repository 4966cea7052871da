import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface CodeInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (code: string) => void;
  /** Why the last one was refused. */
  readonly error?: string | null;
  readonly isFocused?: boolean;
}

/** Six digits of an authenticator app; the space that apps show in the middle may be typed or pasted. */
export function CodeInput({ label, value, onChange, error = null, isFocused = false }: CodeInputProps): ReactNode {
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      data-autofocus={isFocused || undefined}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', letterSpacing: '0.25em', maxWidth: '12rem' } }}
    />
  );
}

export function isWholeCode(code: string): boolean {
  return code.length === 6;
}
