import { seededRandom } from './seeded-random.ts';
import { sigmoid } from './trees.ts';
import type { Ensemble, Tree } from './trees.ts';

/** Rows by which an ensemble is trained; all of one length. */
export interface Examples {
  readonly rows: readonly ArrayLike<number>[];
  /** 1 yes, 0 no. */
  readonly labels: readonly number[];
  readonly weights: readonly number[];
}

export interface BoostingOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly depth: number;
  /** Least weight of examples in a leaf. */
  readonly minChild: number;
  readonly shrinkage: number;
  /** Share of features that each tree may use. */
  readonly columns: number;
  /** Pulls leaves towards nought. */
  readonly ridge: number;
  readonly seed: number;
}

const maxBins = 64;

/** Features as bin numbers, column by column; bin 0 holds what is missing. */
interface Binned {
  readonly columns: readonly Uint8Array[];
  /** Upper edge of each bin from 1 on. */
  readonly edges: readonly (readonly number[])[];
}

/**
 * Gradient boosting over histograms for binary log-loss, trees grown leaf by leaf. Deterministic: same examples, options and seed give
 * the same ensemble bit for bit on the same Node version.
 */
export function trainBoosting(examples: Examples, options: BoostingOptions): Ensemble {
  const { labels, weights } = examples;
  const size = labels.length;
  const bias = priorLogOdds(labels, weights);
  const binned = binFeatures(examples.rows);
  const random = seededRandom(options.seed);
  const scores = new Float64Array(size).fill(bias);
  const gradients = new Float64Array(size);
  const hessians = new Float64Array(size);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round += 1) {
    for (let index = 0; index < size; index += 1) {
      const expected = sigmoid(scores[index] as number);
      const weight = weights[index] as number;
      gradients[index] = weight * (expected - (labels[index] as number));
      hessians[index] = weight * Math.max(1e-6, expected * (1 - expected));
    }
    const columns = drawColumns(binned.columns.length, options.columns, random);
    const tree = growTree({ binned, gradients, hessians, weights, columns, options }, scores);
    if (tree === null) break;
    trees.push(tree);
  }
  return { bias, trees };
}

function priorLogOdds(labels: readonly number[], weights: readonly number[]): number {
  let yes = 1;
  let all = 2;
  for (const [index, label] of labels.entries()) {
    const weight = weights[index] as number;
    yes += weight * label;
    all += weight;
  }
  return Math.log(yes / (all - yes));
}

function drawColumns(count: number, share: number, random: () => number): number[] {
  const all = Array.from({ length: count }, (_, column) => ({ column, rank: random() }));
  const wanted = Math.max(1, Math.round(count * share));
  return all
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, wanted)
    .map(({ column }) => column)
    .toSorted((a, b) => a - b);
}

/** Bins of about equal counts, with edges halfway between neighbouring values. */
function binFeatures(rows: readonly ArrayLike<number>[]): Binned {
  const width = rows[0]?.length ?? 0;
  const columns: Uint8Array[] = [];
  const edges: number[][] = [];
  for (let column = 0; column < width; column += 1) {
    const values = Float64Array.from(rows, (row) => row[column] as number);
    const own = edgesOf(values.filter((value) => !Number.isNaN(value)).toSorted());
    edges.push(own);
    columns.push(Uint8Array.from(values, (value) => binOf(value, own)));
  }
  return { columns, edges };
}

function edgesOf(sorted: Float64Array): number[] {
  const edges: number[] = [];
  const step = Math.max(1, sorted.length / maxBins);
  let next = step;
  for (let index = 1; index < sorted.length; index += 1) {
    const [before, value] = [sorted[index - 1] as number, sorted[index] as number];
    if (value === before || (index < next && sorted.length > maxBins && edges.length > 0)) continue;
    if (edges.length < maxBins - 2) edges.push(rounded((before + value) / 2, before, value));
    next = index + step;
  }
  edges.push(Number.POSITIVE_INFINITY);
  return edges;
}

/** Few digits keep the model file small; only where they still part the two values. */
function rounded(middle: number, before: number, value: number): number {
  const short = Number(middle.toPrecision(4));
  return short >= before && short < value ? short : middle;
}

function binOf(value: number, edges: readonly number[]): number {
  if (Number.isNaN(value)) return 0;
  let [low, high] = [0, edges.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (edges[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

interface Growing {
  readonly binned: Binned;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly weights: readonly number[];
  readonly columns: readonly number[];
  readonly options: BoostingOptions;
}

interface Leaf {
  readonly node: number;
  readonly rows: Int32Array;
  readonly depth: number;
  readonly split: Split | null;
}

interface Split {
  readonly gain: number;
  readonly column: number;
  /** Rows of this bin and below go left. */
  readonly bin: number;
}

/** Grows one tree and adds its leaves to the scores; null when nothing is worth a split. */
function growTree(growing: Growing, scores: Float64Array): Tree | null {
  const { binned, options } = growing;
  const [feature, value, left] = [[-1], [0], [0]];
  const all = Int32Array.from(scores, (_, index) => index);
  const leaves: Leaf[] = [{ node: 0, rows: all, depth: 0, split: findSplit(growing, all) }];
  while (leaves.length < options.leaves) {
    const best = leaves.reduce((most, leaf) => ((leaf.split?.gain ?? 0) > (most.split?.gain ?? 0) ? leaf : most));
    if (best.split === null) break;
    leaves.splice(leaves.indexOf(best), 1);
    const { column, bin } = best.split;
    const bins = binned.columns[column] as Uint8Array;
    const sides = [best.rows.filter((row) => (bins[row] as number) <= bin), best.rows.filter((row) => (bins[row] as number) > bin)];
    feature[best.node] = column;
    value[best.node] = bin === 0 ? Number.MIN_SAFE_INTEGER : ((binned.edges[column] as number[])[bin - 1] as number);
    left[best.node] = feature.length;
    for (const rows of sides) {
      const depth = best.depth + 1;
      leaves.push({ node: feature.length, rows, depth, split: depth < options.depth ? findSplit(growing, rows) : null });
      feature.push(-1);
      value.push(0);
      left.push(0);
    }
  }
  if (leaves.length < 2) return null;
  for (const { node, rows } of leaves) {
    const output = leafValue(growing, rows);
    value[node] = output;
    for (const row of rows) scores[row] = (scores[row] as number) + output;
  }
  return { feature, value, left };
}

function leafValue({ gradients, hessians, options }: Growing, rows: Int32Array): number {
  let [gradient, hessian] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row] as number;
    hessian += hessians[row] as number;
  }
  // Six digits, so that the file says exactly what training used.
  return Number(((-options.shrinkage * gradient) / (hessian + options.ridge)).toFixed(6));
}

function findSplit(growing: Growing, rows: Int32Array): Split | null {
  const { binned, gradients, hessians, weights, columns, options } = growing;
  const [gradientBins, hessianBins, weightBins] = [new Float64Array(maxBins), new Float64Array(maxBins), new Float64Array(maxBins)];
  let best: Split | null = null;
  for (const column of columns) {
    const bins = binned.columns[column] as Uint8Array;
    const count = (binned.edges[column] as readonly number[]).length + 1;
    for (const histogram of [gradientBins, hessianBins, weightBins]) histogram.fill(0, 0, count);
    for (const row of rows) {
      const bin = bins[row] as number;
      gradientBins[bin] = (gradientBins[bin] as number) + (gradients[row] as number);
      hessianBins[bin] = (hessianBins[bin] as number) + (hessians[row] as number);
      weightBins[bin] = (weightBins[bin] as number) + (weights[row] as number);
    }
    const found = bestBin({ gradientBins, hessianBins, weightBins, count, options });
    if (found !== null && found.gain > (best?.gain ?? 1e-4)) best = { ...found, column };
  }
  return best;
}

interface Histogram {
  readonly gradientBins: Float64Array;
  readonly hessianBins: Float64Array;
  readonly weightBins: Float64Array;
  readonly count: number;
  readonly options: BoostingOptions;
}

function bestBin({ gradientBins, hessianBins, weightBins, count, options }: Histogram): { gain: number; bin: number } | null {
  const total = (bins: Float64Array): number => bins.subarray(0, count).reduce((sum, value) => sum + value, 0);
  const [gradientAll, hessianAll, weightAll] = [total(gradientBins), total(hessianBins), total(weightBins)];
  const quality = (gradient: number, hessian: number): number => (gradient * gradient) / (hessian + options.ridge);
  const before = quality(gradientAll, hessianAll);
  let best: { gain: number; bin: number } | null = null;
  let [gradient, hessian, weight] = [0, 0, 0];
  for (let bin = 0; bin < count - 1; bin += 1) {
    gradient += gradientBins[bin] as number;
    hessian += hessianBins[bin] as number;
    weight += weightBins[bin] as number;
    if (weight < options.minChild) continue;
    if (weightAll - weight < options.minChild) break;
    const gain = quality(gradient, hessian) + quality(gradientAll - gradient, hessianAll - hessian) - before;
    if (gain > (best?.gain ?? 0)) best = { gain, bin };
  }
  return best;
}
