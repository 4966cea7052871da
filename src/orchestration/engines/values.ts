import { DeskhandError } from '#domain/errors';
import { orchestrationErrors } from '../errors.ts';

// Below what each engine takes (Temporal refuses 2 MB, a history of many large values is slow on both).
const maxValueBytes = 262_144;
const maxStateBytes = 16_384;
// One workflow's fan-out: more belongs into pages of child workflows.
const maxItems = 100;

/**
 * A value as it arrives on the other side of an engine: through JSON, so that no engine passes on what another loses.
 *
 * @param about - what it is, for the message: "The output of readDocument".
 * @throws DH_ORCHESTRATION_VALUE_TOO_LARGE, also for what is no JSON (a bigint, a circle)
 */
export function crossing<Value>(value: Value, about: string): Value {
  return within(value, about, maxValueBytes);
}

/** The same for what `Flow.publish` shows. @throws DH_ORCHESTRATION_VALUE_TOO_LARGE */
export function crossingState<Value>(state: Value): Value {
  return within(state, 'The state that a workflow publishes', maxStateBytes);
}

function within<Value>(value: Value, about: string, maxBytes: number): Value {
  const text = asText(value, about);
  // One UTF-16 unit is at most three bytes of UTF-8: short texts need no count.
  const bytes = text.length * 3 <= maxBytes ? text.length : new TextEncoder().encode(text).length;
  if (bytes > maxBytes) {
    throw new DeskhandError(
      orchestrationErrors.valueTooLarge,
      `${about} is ${bytes} bytes of JSON; at most ${maxBytes} cross the engine. Keep it as a blob or a row and pass its id.`,
      { details: { bytes, maxBytes } },
    );
  }
  return JSON.parse(text) as Value;
}

function asText(value: unknown, about: string): string {
  try {
    // Undefined is null on the other side, as in an array.
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new DeskhandError(orchestrationErrors.valueTooLarge, `${about} is no JSON. Pass plain values.`, { cause });
  }
}

/** @throws DH_ORCHESTRATION_FAN_OUT_INVALID for more than 100 items, or two under one key */
export function checkItems(items: readonly { readonly key: string }[]): void {
  if (items.length > maxItems) {
    throw new DeskhandError(
      orchestrationErrors.fanOutInvalid,
      `runEach was given ${items.length} items; at most ${maxItems} run side by side. Split them over child workflows.`,
      { details: { items: items.length, maxItems } },
    );
  }
  const seen = new Set<string>();
  for (const { key } of items) {
    if (seen.has(key)) {
      throw new DeskhandError(
        orchestrationErrors.fanOutInvalid,
        `runEach was given the key ${key} twice; each item needs one of its own.`,
        {
          details: { key },
        },
      );
    }
    seen.add(key);
  }
}
