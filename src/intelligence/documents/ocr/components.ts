/** A connected patch of pixels as the rectangle around it. */
export interface Component {
  readonly centreX: number;
  readonly centreY: number;
  readonly length: number;
  readonly thickness: number;
  /** Of the longer axis, radians clockwise from the x axis. */
  readonly angle: number;
  readonly meanScore: number;
}

/** A real page has a few hundred lines; a hostile one must not cost more. */
const maxComponents = 1_500;
/** Patches smaller than this are specks. */
const minPixels = 12;
/** A patch less than this much longer than thick has no direction of its own. */
const minElongation = 1.8;

/** Finds patches of neighbouring pixels (all eight sides) whose score is above `threshold`. */
export function findComponents(scores: Float32Array, width: number, height: number, threshold: number): Component[] {
  const isTaken = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  const components: Component[] = [];
  for (let start = 0; start < scores.length && components.length < maxComponents; start += 1) {
    if (isTaken[start] === 1 || (scores[start] as number) <= threshold) continue;
    const pixels = collectPatch({ scores, width, height, threshold, isTaken, stack }, start);
    if (pixels.length >= minPixels) components.push(measurePatch(pixels, scores, width));
  }
  return components;
}

interface Field {
  readonly scores: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly threshold: number;
  readonly isTaken: Uint8Array;
  readonly stack: Int32Array;
}

/** Flood fill; each pixel is pushed at most once, so the stack never overflows. */
function collectPatch({ scores, width, height, threshold, isTaken, stack }: Field, start: number): Int32Array {
  let read = 0;
  let written = 1;
  stack[0] = start;
  isTaken[start] = 1;
  while (read < written) {
    const pixel = stack[read++] as number;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    for (let nextY = Math.max(0, y - 1); nextY <= Math.min(height - 1, y + 1); nextY += 1) {
      for (let nextX = Math.max(0, x - 1); nextX <= Math.min(width - 1, x + 1); nextX += 1) {
        const next = nextY * width + nextX;
        if (isTaken[next] === 1 || (scores[next] as number) <= threshold) continue;
        isTaken[next] = 1;
        stack[written++] = next;
      }
    }
  }
  return stack.slice(0, written);
}

/** Direction by second moments, extent by projection on it. */
function measurePatch(pixels: Int32Array, scores: Float32Array, width: number): Component {
  let [sumX, sumY, sumScore] = [0, 0, 0];
  for (const pixel of pixels) {
    sumX += pixel % width;
    sumY += Math.floor(pixel / width);
    sumScore += scores[pixel] as number;
  }
  const [meanX, meanY] = [sumX / pixels.length, sumY / pixels.length];
  let [xx, yy, xy] = [0, 0, 0];
  for (const pixel of pixels) {
    const [x, y] = [(pixel % width) - meanX, Math.floor(pixel / width) - meanY];
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const spread = Math.hypot(xx - yy, 2 * xy);
  const elongation = Math.sqrt((xx + yy + spread) / Math.max(1e-6, xx + yy - spread));
  const free = 0.5 * Math.atan2(2 * xy, xx - yy);
  const angle = elongation >= minElongation ? free : Math.round(free / (Math.PI / 2)) * (Math.PI / 2);
  return { ...extentAlong(pixels, width, { meanX, meanY, angle }), meanScore: sumScore / pixels.length };
}

function extentAlong(
  pixels: Int32Array,
  width: number,
  { meanX, meanY, angle }: { readonly meanX: number; readonly meanY: number; readonly angle: number },
): Omit<Component, 'meanScore'> {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const pixel of pixels) {
    const [x, y] = [(pixel % width) - meanX, Math.floor(pixel / width) - meanY];
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2];
  return {
    // Pixels are squares: the middle of a pixel lies half a pixel in, and the patch is one pixel larger than its middles.
    centreX: meanX + u * cos - v * sin + 0.5,
    centreY: meanY + u * sin + v * cos + 0.5,
    length: maxU - minU + 1,
    thickness: maxV - minV + 1,
    angle,
  };
}
