import sharp, { type Sharp } from 'sharp';

/** Eight-bit picture, row by row, red first. */
export interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

// One thread and no cache: the pool runs one reader per core, and no document comes twice.
sharp.concurrency(1);
sharp.cache(false);

/** Picture as libvips takes it. */
export function toSharp(picture: Picture): Sharp {
  return sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: picture.channels } });
}

/** Three-channel copy with exactly this size. */
export async function resizePicture(picture: Picture, width: number, height: number): Promise<Picture> {
  const resized = toSharp(picture).resize(width, height, { fit: 'fill', kernel: 'cubic' }).toColourspace('srgb');
  const { data, info } = await resized.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3 };
}
