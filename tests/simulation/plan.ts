import fc from 'fast-check';

/** What can go wrong, each at the n-th time that it could. */
export const faultKinds = [
  'crash',
  'database refuses',
  'database answer lost',
  'activity outlives its time',
  'outbox hand-over repeated',
  'outbox delayed',
  'mail fetched again',
  'mail late',
  'mailbox away',
  'reader dies',
  'reader breaks',
  'erp late',
  'erp sends twice',
  'erp sends old after new',
  'bank call held up',
  'bank unreachable',
  'bank answer lost',
  'bank late',
  'bank drops',
  'bank refuses',
  'bank cannot be asked',
  'bank answers nonsense',
  'person silent',
  'person decides twice',
  'person decides on an old page',
  'person corrects',
  'person delegates',
  'automation paused',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  readonly nth: number;
}

export const paperKinds = ['clean', 'price', 'order-to-come', 'unknown-supplier', 'repeated', 'unreadable', 'letter'] as const;

/** A document on its way to the office. */
export interface Paper {
  readonly kind: (typeof paperKinds)[number];
  readonly grossMinor: number;
  readonly supplier: number;
  readonly afterHours: number;
}

/** Everything that a run of the simulator depends on. */
export interface Plan {
  /** Chooses whose turn is next, and what people say. */
  readonly turns: number;
  readonly papers: readonly Paper[];
  readonly faults: readonly Fault[];
}

// Around the limits of the sample policy: automatic up to 250, one person, another, two.
const gross = fc.oneof(
  fc.integer({ min: 100, max: 25_000 }),
  fc.integer({ min: 25_001, max: 250_000 }),
  fc.integer({ min: 250_001, max: 1_000_000 }),
  fc.integer({ min: 1_000_001, max: 9_000_000 }),
);

const paper: fc.Arbitrary<Paper> = fc.record({
  kind: fc.constantFrom(...paperKinds),
  grossMinor: gross,
  supplier: fc.integer({ min: 0, max: 1 }),
  afterHours: fc.integer({ min: 0, max: 48 }),
});

// How often the places are passed in a run decides which of the times are worth naming.
const nthOf = (kind: FaultKind): number => {
  if (kind === 'crash') return 600;
  if (kind.startsWith('bank') || kind.startsWith('mail') || kind.startsWith('erp')) return 3;
  return kind.startsWith('reader') ? 6 : 40;
};
const faultOf = (kind: FaultKind): fc.Arbitrary<Fault> =>
  fc.record({ kind: fc.constant(kind), nth: fc.integer({ min: 1, max: nthOf(kind) }) });
const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 6, arbitrary: faultOf('crash') },
  ...faultKinds.slice(1).map((kind) => ({ weight: 1, arbitrary: faultOf(kind) })),
);

/** Plans that shrink to few papers and few faults; the order of turns does not shrink, it has no small and large. */
export const plans: fc.Arbitrary<Plan> = fc.record({
  turns: fc.noShrink(fc.integer({ min: 0, max: 2_147_483_647 })),
  papers: fc.array(paper, { minLength: 1, maxLength: 4 }),
  faults: fc.array(fault, { minLength: 0, maxLength: 24, size: 'max' }),
});

/** Known mistakes that can be planted, to see that the simulator finds them. */
export interface Mistakes {
  readonly sendsWithoutAsking?: boolean;
  readonly confirmsBeforeHandOver?: boolean;
  readonly approvalsCoverAnything?: boolean;
}
