import { afterAll, expect, test } from 'vitest';
import type { AuditVerification, InvoiceSummary, MessageSummary, Overview, PaymentView } from '../../src/interfaces/api/contract.ts';
import { signIn } from '../support/client.ts';
import { seededRandom } from '../support/random.ts';
import { startTestServer, type TestServer } from '../support/server.ts';

const seed = Number(process.env['DESKHAND_TEST_SEED'] ?? 20261123);
const kills = 10;
let server: TestServer | undefined;
afterAll(() => server?.remove());

test(`after ${kills} kill -9 of everything at random moments each message has had its effect once (seed ${seed})`, async () => {
  console.log(`kill test: seed ${seed}`);
  const random = seededRandom(seed);
  server = await startTestServer();
  for (let kill = 0; kill < kills; kill += 1) {
    await new Promise((resume) => setTimeout(resume, 300 + random() * 3500));
    await server.killTree();
    await server.start();
  }
  const controller = await signIn(server.url, 'controller');
  await untilQuiet(() => controller.get<Overview>('/v1/overview'));

  const messages = await controller.all<MessageSummary>('/v1/messages');
  const invoices = await controller.all<InvoiceSummary>('/v1/invoices');
  const payments = await controller.all<PaymentView>('/v1/payments');
  expect(messages.length).toBeGreaterThanOrEqual(40);
  expect(messages.filter((message) => message.status !== 'handled')).toEqual([]);
  expect(new Set(messages.map((message) => message.id)).size).toBe(messages.length);
  const documents = messages.flatMap((message) => message.documents);
  expect(documents.filter((document) => document.status === 'received')).toEqual([]);
  expect(new Set(invoices.map((invoice) => invoice.documentId)).size).toBe(invoices.length);
  expect(new Set(payments.map((payment) => payment.invoice.id)).size).toBe(payments.length);
  for (const message of messages) await expectOneOfEach(message.id);
  expect(await controller.get<AuditVerification>('/v1/audit/verification')).toMatchObject({ isIntact: true, firstFault: null });

  async function expectOneOfEach(messageId: string): Promise<void> {
    const detail = await controller.get<MessageSummary>(`/v1/messages/${messageId}`);
    for (const { invoiceId } of detail.documents) {
      if (invoiceId === null) continue;
      const { items } = await controller.get<{ items: { action: string }[] }>(`/v1/invoices/${invoiceId}/timeline`);
      for (const once of ['message.received', 'message.unpacked', 'invoice.recorded', 'payment.scheduled']) {
        expect(items.filter((entry) => entry.action === once).length, `${once} of ${invoiceId}`).toBeLessThanOrEqual(1);
      }
    }
  }
});

/** Handled, and nothing moved for a while. */
async function untilQuiet(look: () => Promise<Overview>): Promise<void> {
  let last = '';
  let same = 0;
  while (same < 12) {
    const overview = await look();
    const now = JSON.stringify(overview);
    const isDone =
      overview.messages.received >= 40 && overview.messages.handled === overview.messages.received && overview.documents.waiting === 0;
    same = isDone && now === last ? same + 1 : 0;
    last = now;
    await new Promise((resume) => setTimeout(resume, 500));
  }
}
