import type { ModelBudget, ModelPrices } from '#domain/documents';
import type {
  BankFiles,
  Blobs,
  Callbacks,
  Clock,
  Correspondence,
  DocumentReader,
  Holidays,
  LanguageModel,
  LayoutMemory,
  Optimizer,
  MessageTriage,
  PageRenderer,
  PaymentChannel,
  PaymentFiles,
  RecordParser,
  Unpacker,
} from '#domain/ports';
import type { Database, Log, Metrics, OutsideCalls, Sealing } from '#platform';
import type { Engine } from '../flow.ts';

/** What commands, queries and activities work with; `app` joins it from the rooms. */
export interface Office {
  readonly database: Database;
  /** What operators may ask of the engine; a function, because the engine is made with the office's activities. */
  readonly engine: () => Pick<Engine, 'runs' | 'steps' | 'cancel' | 'resume' | 'fork'>;
  readonly blobs: Blobs;
  /** For secrets that must be read again; under the installation's secret. */
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly unpacker: Unpacker;
  readonly triage: MessageTriage;
  readonly reader: DocumentReader;
  readonly renderer: PageRenderer;
  readonly paymentFiles: PaymentFiles;
  readonly bankFiles: BankFiles;
  /** Null where no bank gateway is set up: a person hands the file in. */
  readonly paymentChannel: PaymentChannel | null;
  readonly callbacks: Callbacks;
  /** How the outside systems are that this process calls. */
  readonly calls: Pick<OutsideCalls, 'states'>;
  readonly records: RecordParser;
  readonly holidays: Holidays;
  /** Absent: people send questions themselves, and no answer is tied to one. */
  readonly correspondence?: Correspondence;
  readonly optimizer: Optimizer;
  /** Absent: corrections teach nothing. */
  readonly memory?: LayoutMemory;
  /** Absent: none is set up, and nothing is sent to any. */
  readonly languageModel?: ModelOnTerms;
}

/** A language model with what it costs and how much of it each organization may use in a month. */
export interface ModelOnTerms {
  readonly model: LanguageModel;
  readonly prices: ModelPrices | null;
  readonly budget: ModelBudget;
}
