import { usAccountOf } from '#domain/accounts-payable';
import { DeskhandError } from '#domain/errors';
import type { PaymentFiles, PaymentOrder } from '#domain/ports';
import { connectorErrors } from '../errors.ts';
import { checkNacha } from './check-nacha.ts';
import { writeNacha } from './nacha.ts';
import { writePain001 } from './pain001.ts';
import { checkPaymentCsv, writePaymentCsv } from './payment-csv.ts';
import { validatePain001 } from './validate-pain001.ts';

export interface PaymentFilesOptions {
  /** `csv` for banks that take nothing else. @default 'by-account' */
  readonly format?: 'by-account' | 'csv';
  /** Ten characters that the bank of an American account knows the payer by; null where there is none. */
  readonly achCompanyId?: string | null;
}

/**
 * Bank files by the account that pays: ACH (NACHA) from the United States, pain.001.001.09 from everywhere else, or CSV
 * where it is set. Each is checked before it is handed out, by something that knows nothing of its writer: the official
 * schema, or every count, hash and sum read from the bytes.
 */
export function createPaymentFiles({ format = 'by-account', achCompanyId = null }: PaymentFilesOptions = {}): PaymentFiles {
  return {
    async write(order) {
      const isAmerican = usAccountOf(order.debtor.iban) !== null;
      if (isAmerican && achCompanyId === null) {
        const message =
          'An ACH file names the payer by an id that the bank assigns. Set DESKHAND_ACH_COMPANY_ID to it, then release again.';
        throw new DeskhandError(connectorErrors.paymentFileInvalid, message);
      }
      if (isAmerican) return sound(writeNacha(order, achCompanyId ?? ''), checkNacha, 'the rules of NACHA');
      if (format === 'csv') return sound(writePaymentCsv(order), (file) => checkPaymentCsv(file, order), 'its order');
      return await valid(order);
    },
  };
}

async function valid(order: PaymentOrder): Promise<string> {
  const xml = writePain001(order);
  const faults = await validatePain001(xml);
  return sound(xml, () => faults, 'the schema pain.001.001.09');
}

/** @throws DH_CONNECTORS_PAYMENT_FILE_INVALID */
function sound(file: string, check: (file: string) => readonly string[], what: string): string {
  const faults = check(file);
  if (faults.length === 0) return file;
  const text = `The bank file does not fit ${what}: ${faults.slice(0, 5).join(' ')}`;
  throw new DeskhandError(connectorErrors.paymentFileInvalid, text, { details: { faultCount: faults.length } });
}
