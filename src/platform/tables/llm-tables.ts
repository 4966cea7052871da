import type { BigInteger, Instant, Json } from './column-types.ts';

/** What language models were asked about documents, as Kysely sees it. */
export interface LlmQuestionsTable {
  id: string;
  organization_id: string;
  document_id: string;
  key: string;
  question_sha256: string;
  model: string;
  asked: string[];
  state: 'asked' | 'answered' | 'failed';
  input_tokens: number;
  output_tokens: number;
  cost_micros: BigInteger | null;
  currency: string | null;
  ms: number | null;
  offers: Json<unknown> | null;
  reason: string | null;
  asked_at: Instant;
}
