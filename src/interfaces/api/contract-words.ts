import { z } from 'zod';

/** What all parts of the contract are made of. */

export const day = z.iso.date();
export const instant = z.iso.datetime();
export const money = z.object({ amount: z.string(), currency: z.string().length(3) }).meta({ id: 'Money' });
export const person = z.object({ id: z.string(), name: z.string() }).meta({ id: 'Person' });
export const role = z.enum(['office-manager', 'approver', 'controller', 'administrator', 'auditor']);
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
