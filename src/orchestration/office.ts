import type {
  Blobs,
  Callbacks,
  Clock,
  DocumentReader,
  MessageTriage,
  PageRenderer,
  PaymentFiles,
  RecordParser,
  Unpacker,
} from '#domain/ports';
import type { Database, Log, Metrics } from '#platform';

/** What commands, queries and activities work with; `app` joins it from the rooms. */
export interface Office {
  readonly database: Database;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly unpacker: Unpacker;
  readonly triage: MessageTriage;
  readonly reader: DocumentReader;
  readonly renderer: PageRenderer;
  readonly paymentFiles: PaymentFiles;
  readonly callbacks: Callbacks;
  readonly records: RecordParser;
}
