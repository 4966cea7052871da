import type { BankFiles } from '#domain/ports';
import { invalid, readBankXml } from './bank-xml.ts';
import { readBookedReport } from './booked-report.ts';
import { readStatusReport } from './status-report.ts';

/** Reads pain.002, camt.053 and camt.054 of ISO 20022, in the versions that banks send. */
export function createBankFiles(): BankFiles {
  return {
    read(bytes) {
      const { namespace, content } = readBankXml(bytes);
      const format = /^urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})$/.exec(namespace)?.[1] ?? '';
      const version = Number(format.slice(-2));
      if (format.startsWith('pain.002.001.') && version >= 3) return readStatusReport(content, format);
      if (format.startsWith('camt.053.001.') && version >= 2) return readBookedReport(content, format, 'statement');
      if (format.startsWith('camt.054.001.') && version >= 2) return readBookedReport(content, format, 'notification');
      throw invalid(
        `It is ${format === '' ? 'no message of ISO 20022 that we know' : format}; a status report (pain.002), a statement (camt.053) or a notification (camt.054) is read.`,
      );
    },
  };
}
