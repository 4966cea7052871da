import { z } from 'zod';
import { problem } from '../contract.ts';

/** What every list takes. */
export const pageQuery = {
  cursor: z.string().max(200).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).optional().describe('Items a page; 50 when left out.'),
};

export const idParams = z.object({ id: z.string().min(1).max(100) });

/** Problems that routes may answer, for OpenAPI and the serializer. */
export const problems = { default: problem.describe('What went wrong, by RFC 9457.') };

export const idempotencyHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe('The same key and request get the same answer, with one effect. A UUID is fine.'),
});
