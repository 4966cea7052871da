import { DeskhandError } from '#domain/errors';
import type { PaymentFiles } from '#domain/ports';
import { connectorErrors } from '../errors.ts';
import { writePain001 } from './pain001.ts';
import { validatePain001 } from './validate-pain001.ts';

/** Bank files as pain.001.001.09, each checked against the official schema before it is handed out. */
export function createPaymentFiles(): PaymentFiles {
  return {
    async write(order) {
      const xml = writePain001(order);
      const faults = await validatePain001(xml);
      if (faults.length === 0) return xml;
      const text = `The bank file does not fit the schema pain.001.001.09: ${faults.slice(0, 5).join(' ')}`;
      throw new DeskhandError(connectorErrors.paymentFileInvalid, text, { details: { faultCount: faults.length } });
    },
  };
}
