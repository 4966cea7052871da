import type { Box } from '#domain/documents';

/** The upright page that a picture becomes when it is turned, and the way from the one to the other. */
export interface PageTurn {
  /** Clockwise turn that makes the picture upright, in degrees, 0 up to 360; fractions straighten a skewed scan. */
  readonly rotation: number;
  readonly width: number;
  readonly height: number;
  /** Where a point of the picture lies on the upright page. */
  toPage(x: number, y: number): { readonly x: number; readonly y: number };
}

/** Turns about the middle; the page grows so that no corner is lost, as image libraries do. */
export function turnPage(picture: { readonly width: number; readonly height: number }, rotation: number): PageTurn {
  const radians = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const width = Math.round(Math.abs(picture.width * cos) + Math.abs(picture.height * sin));
  const height = Math.round(Math.abs(picture.width * sin) + Math.abs(picture.height * cos));
  return {
    rotation,
    width,
    height,
    toPage(x, y) {
      const [dx, dy] = [x - picture.width / 2, y - picture.height / 2];
      return { x: width / 2 + dx * cos - dy * sin, y: height / 2 + dx * sin + dy * cos };
    },
  };
}

/** Smallest upright box around points, held within the page. */
export function boxAround(
  points: ReadonlyArray<{ readonly x: number; readonly y: number }>,
  page: { readonly width: number; readonly height: number },
): Box {
  const hold = (value: number, most: number): number => Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y);
  return [
    hold(Math.min(...xs), page.width),
    hold(Math.min(...ys), page.height),
    hold(Math.max(...xs), page.width),
    hold(Math.max(...ys), page.height),
  ];
}
