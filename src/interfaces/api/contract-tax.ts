import { z } from 'zod';

/** Who the organization is to the tax office: what the tax checks compare with. */
export const taxIdentity = z
  .object({
    country: z
      .string()
      .regex(/^[A-Za-z]{2}$/)
      .nullable()
      .describe('ISO 3166-1 alpha-2; null: nothing is said about foreign or missing tax.'),
    vatId: z.string().min(4).max(20).nullable().describe('An invoice that names another one as yours is asked about.'),
  })
  .meta({ id: 'TaxIdentity' });
export type TaxIdentityView = z.infer<typeof taxIdentity>;
