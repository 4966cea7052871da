import { type Chance, chanceOf } from './chance.ts';
import { byteMutations, type Mutation } from './mutate/bytes.ts';
import { mailMutations } from './mutate/mail.ts';
import { packageMutations } from './mutate/package.ts';
import { pdfMutations } from './mutate/pdf.ts';
import { pictureMutations } from './mutate/picture.ts';
import { textMutations } from './mutate/text.ts';
import { xmlMutations } from './mutate/xml.ts';
import type { Seed, SeedKind } from './seeds.ts';

/** One mutated file, and how it came about. */
export interface FuzzInput {
  readonly index: number;
  readonly kind: SeedKind;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly story: string;
}

/** Of a hundred inputs. Costly ones are drawn `costlyShare` of the time within a kind that has both. */
const shares: Readonly<Record<SeedKind, number>> = { pdf: 30, markup: 22, mail: 20, package: 10, text: 10, picture: 5, other: 3 };
const costlyShare = 0.06;
/** A mutation may grow a file; larger than this it only takes longer. */
const largestBytes = 1_500_000;

const fitting: Readonly<Record<SeedKind, Readonly<Record<string, Mutation>>>> = {
  pdf: pdfMutations,
  markup: xmlMutations,
  mail: mailMutations,
  package: packageMutations,
  text: textMutations,
  picture: pictureMutations,
  other: byteMutations,
};

/** Makes input number `index` of the run with this seed: the same bytes for the same seeds. */
export function makeInput(seeds: readonly Seed[], runSeed: number, index: number): FuzzInput {
  const chance = chanceOf(runSeed, index);
  const seed = drawSeed(seeds, chance);
  const others = Array.from({ length: 4 }, () => chance.oneOf(seeds).bytes);
  let bytes = seed.bytes;
  const story: string[] = [];
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    const known = Object.entries(chance.happens(0.7) ? fitting[seed.kind] : byteMutations);
    const [name, mutate] = chance.oneOf(known);
    story.push(name);
    bytes = mutate(bytes, chance, others).subarray(0, largestBytes);
  }
  const fileName = seed.name.split('/').at(-1) ?? seed.name;
  return { index, kind: seed.kind, fileName, bytes, story: `${seed.name} (${story.join(', ')})` };
}

function drawSeed(seeds: readonly Seed[], chance: Chance): Seed {
  let draw = chance.below(100);
  const kind = (Object.keys(shares) as SeedKind[]).find((one) => (draw -= shares[one]) < 0) ?? 'pdf';
  const isCostly = chance.happens(costlyShare);
  const ofKind = seeds.filter((seed) => seed.kind === kind);
  const wanted = ofKind.filter((seed) => (seed.isCostly ?? false) === isCostly);
  return chance.oneOf(wanted.length > 0 ? wanted : ofKind.length > 0 ? ofKind : seeds);
}
