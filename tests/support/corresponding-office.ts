import { createMailer, createUnpacker } from '#connectors';
import { sampleApprovalPolicy } from '#domain/accounts-payable';
import { tablesOfSettings, withQuestions, type TableRow } from '#domain/policy';
import type { Correspondence } from '#domain/ports';
import { recogniseAnswer } from '#intelligence';
import { activatePolicy, savePolicy, uploadFiles, type Office } from '#orchestration';
import { createMetrics, createOutsideCalls } from '#platform';
import { headerOf, openMailServer, type TestMailServer } from './mail-server.ts';
import { openTestOffice, type TestOffice } from './office.ts';
import { paperReader } from './paper-reader.ts';

/** An office that sends its questions to a real mail server, and reads the mails that answer. */
export interface CorrespondingOffice {
  readonly office: TestOffice;
  readonly mails: TestMailServer;
  readonly correspondence: Correspondence;
  /** A mail arrives that answers the last one sent. */
  answer(from: string, text: string): Promise<void>;
  close(): Promise<void>;
}

export async function openCorrespondingOffice(): Promise<CorrespondingOffice> {
  const mails = await openMailServer();
  const unpacker = createUnpacker();
  const system = createOutsideCalls({ metrics: createMetrics() }).to('smtp');
  const mailer = createMailer({ host: '127.0.0.1', port: mails.port, encryption: 'none', login: null }, 'invoices@office.example', system);
  const correspondence = { mailer, recogniseAnswer };
  // Mails are real ones; papers are what a test says they hold.
  const both: Office['unpacker'] = {
    unpack: (message) => (message.kind === 'mail' ? unpacker : paperReader.unpacker).unpack(message),
  };
  const office = await openTestOffice({ correspondence, unpacker: both });
  let replies = 0;
  return {
    office,
    mails,
    correspondence,
    async answer(from, text) {
      replies += 1;
      const sent = headerOf(mails.taken.at(-1) ?? '', 'Message-ID');
      const head = `From: ${from}\r\nTo: invoices@office.example\r\nSubject: Re: your question\r\nMessage-ID: <reply-${replies}@answers.example>\r\nIn-Reply-To: ${sent}`;
      const mail = `${head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
      const file = { fileName: `reply-${replies}.eml`, bytes: new TextEncoder().encode(mail) };
      await uploadFiles(office.office, office.people.ana, { files: [file] });
      await office.settle();
    },
    async close() {
      await office.close();
      await mails.close();
      await unpacker.close();
    },
  };
}

/** The usual tables with these rows of questions: Kim writes the version, Katrin switches it on. @returns its number. */
export async function switchQuestionsOn(office: TestOffice, ...rules: readonly TableRow[]): Promise<number> {
  const { questions, ...tables } = withQuestions(
    tablesOfSettings(sampleApprovalPolicy, { priceBasisPoints: 200, priceMinor: 500n, quantityBasisPoints: 0 }),
  );
  const { version } = await savePolicy(office.office, office.people.kim, {
    tables: { ...tables, questions: questions === undefined ? undefined : { ...questions, rules } },
    cases: [{ name: 'small', given: { amount: '100.00', currency: 'EUR' }, expected: { automatic: true, steps: [] } }],
    note: 'Questions',
  });
  await activatePolicy(office.office, office.people.katrin, { version: version ?? 0 });
  return version ?? 0;
}
