import type { Reading } from '#domain/documents';
import sharp from 'sharp';
import { maxImagePixels, maxImageSidePixels, maxOcrPages, maxPicturePixels } from './limits.ts';
import { readPicture } from './ocr/read-picture.ts';
import type { Picture } from './picture.ts';
import { problems } from './problems.ts';

/** Reads a picture file; a TIFF may hold several pages, the frames of an animation are not pages. */
export async function readImage(bytes: Uint8Array, file: { readonly mediaType: string }): Promise<Reading> {
  const size = await readSize(bytes);
  const failed = (problem: Reading['problems'][number]): Reading => ({
    mediaType: file.mediaType,
    source: 'ocr',
    pages: [],
    structuredXml: null,
    problems: [problem],
  });
  if (size === null) return failed(problems.unopenable());
  if (isTooLarge(size)) return failed(problems.imageTooLarge(size.width, size.height));
  const pageCount = file.mediaType === 'image/tiff' ? size.pageCount : 1;
  const pages: Reading['pages'][number][] = [];
  let id = 0;
  for (let index = 0; index < Math.min(pageCount, maxOcrPages); index += 1) {
    const picture = await decodeImage(bytes, index);
    if (picture === null) return failed(problems.unopenable());
    const { words, ...page } = await readPicture(picture, { pageWidth: size.width, pageHeight: size.height });
    pages.push({ number: index + 1, ...page, words: words.map((word) => ({ id: id++, ...word })) });
  }
  const found = pageCount > maxOcrPages ? [problems.scannedPagesLeftOut(pageCount - maxOcrPages)] : [];
  const isBlank = pages.every((page) => page.words.length === 0);
  return {
    mediaType: file.mediaType,
    source: 'ocr',
    pages,
    structuredXml: null,
    problems: isBlank ? [...found, problems.nothingToRead()] : found,
  };
}

interface ImageSize {
  /** Upright, as the EXIF tag says. */
  readonly width: number;
  readonly height: number;
  readonly pageCount: number;
}

function isTooLarge({ width, height }: ImageSize): boolean {
  return width * height > maxImagePixels || Math.max(width, height) > maxImageSidePixels;
}

async function readSize(bytes: Uint8Array): Promise<ImageSize | null> {
  try {
    const { autoOrient, pages } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width: autoOrient.width, height: autoOrient.height, pageCount: pages ?? 1 };
  } catch {
    return null; // Not decodable at all: the caller reports `unopenable`.
  }
}

/**
 * One page of a picture file, turned as its EXIF tag says, on white where it is transparent, shrunk when it is larger
 * than reading needs; null when it is damaged or there is no such page.
 */
export async function decodeImage(bytes: Uint8Array, pageIndex: number): Promise<Picture | null> {
  const size = await readSize(bytes);
  if (size === null || isTooLarge(size)) return null;
  const shrink = Math.min(1, Math.sqrt(maxPicturePixels / (size.width * size.height)));
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: maxImagePixels, page: pageIndex, failOn: 'none' })
      .autoOrient()
      .resize(Math.max(1, Math.round(size.width * shrink)), Math.max(1, Math.round(size.height * shrink)), { fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3 };
  } catch {
    return null; // Damaged beyond what libvips repairs: the caller reports `unopenable`.
  }
}
