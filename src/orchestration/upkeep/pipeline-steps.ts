import type { Role } from '#domain/identity';
import type { Tables } from '#platform';
import type { Selectable } from 'kysely';

export type PipelineStepRow = Selectable<Tables['pipeline_steps']>;

/** What an outside pipeline asks of Deskhand. */
export type PipelineRequest =
  /** A question to a person, who takes one of the choices. */
  | {
      readonly kind: 'decision';
      readonly title: string;
      readonly question: string;
      readonly choices: readonly string[];
      readonly role: Role;
      /** Sentences shown beside the question. */
      readonly facts: readonly string[];
    }
  /** A document to read, check and settle. The bytes are an event by now. */
  | { readonly kind: 'document'; readonly fileName: string; readonly sha256: string };

/** Ids of step workflows by their subject: starting twice finds the first. */
export const pipelineStepWorkflowId = (stepId: string): string => `pipeline-step:${stepId}`;

/** Key of the one question of a step. */
export const questionKey = 'question';
