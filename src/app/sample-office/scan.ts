import { PDFiumLibrary } from '@hyzyla/pdfium';
import PDFDocument from 'pdfkit';
import sharp, { type Sharp } from 'sharp';
import { pdfBytes } from './pdf-bytes.ts';
import { seededRandom } from './random.ts';

export interface ScanOptions {
  /** `flatbed`: the office scanner. `grey`: an old one. `fax`: black and white. `photo`: a telephone above a desk. */
  readonly kind: 'flatbed' | 'grey' | 'fax' | 'photo';
  /** Skew and noise follow from it. */
  readonly seed: number;
}

/** Pixels in rows, three bytes each (one where `channels` is 1). */
interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

interface Bench {
  readonly random: () => number;
  readonly dpi: number;
}

/** What is behind a page that lies askew: the white lid of the scanner, a little grey. */
const lid = '#eceae6';
const faxDpi = 130;

/** Prints the first page of a PDF and scans or photographs it. @returns a JPEG; the same page and seed give the same bytes. */
export async function scanPage(pdf: Uint8Array, { kind, seed }: ScanOptions): Promise<Uint8Array> {
  const random = seededRandom(seed);
  switch (kind) {
    case 'flatbed':
      return flatbed(await printed(pdf, 200), { random, dpi: 200 });
    case 'grey':
      return grey(await printed(pdf, 170), { random, dpi: 170 });
    case 'fax':
      // Printed finer than it is sent, so that a letter's edge falls on either side of black by how much of a dot it covers.
      return fax(await printed(pdf, 2 * faxDpi), { random, dpi: faxDpi });
    case 'photo':
      return photo(await printed(pdf, 180), { random, dpi: 180 });
  }
}

/**
 * Pictures as a PDF without any text, one page each, as a scanner saves them.
 *
 * @param jpegs - their density gives the size of the page.
 * @param createdOn - `YYYY-MM-DD`
 */
export async function imagesToPdf(jpegs: readonly Uint8Array[], createdOn: string): Promise<Uint8Array> {
  const createdAt = new Date(`${createdOn}T09:00:00Z`);
  const pen = new PDFDocument({
    autoFirstPage: false,
    info: { Creator: 'Document scanner', Producer: 'pdfkit', CreationDate: createdAt, ModDate: createdAt },
  });
  const written = pdfBytes(pen);
  for (const jpeg of jpegs) {
    const { width, height, density = 200 } = await sharp(jpeg).metadata();
    const size: [number, number] = [(width / density) * 72, (height / density) * 72];
    pen.addPage({ size, margin: 0 }).image(Buffer.from(jpeg), 0, 0, { width: size[0], height: size[1] });
  }
  pen.end();
  return written;
}

let loading: Promise<PDFiumLibrary> | undefined;

async function printed(pdf: Uint8Array, dpi: number): Promise<Raster> {
  loading ??= PDFiumLibrary.init();
  const document = await (await loading).loadDocument(pdf);
  try {
    const { data, width, height } = await document.getPage(0).render({ scale: dpi / 72, render: 'bitmap' });
    const upright = sharp(data, { raw: { width, height, channels: 4 } });
    return await raster(upright);
  } finally {
    document.destroy();
  }
}

async function flatbed(page: Raster, bench: Bench): Promise<Uint8Array> {
  const askew = await skewed(page, lean(bench.random, 0.4, 1.5));
  // Ink is never quite black nor paper quite white under the lamp, and the paper is a little warm.
  const lit = sharp(askew.data, { raw: askew }).linear([0.9, 0.9, 0.89], [22, 21, 19]).blur(0.45);
  return jpeg(noisy(await raster(lit), bench.random, 4), bench.dpi, 75);
}

async function grey(page: Raster, bench: Bench): Promise<Uint8Array> {
  const askew = await skewed(page, lean(bench.random, 0.3, 1.1));
  const worn = sharp(askew.data, { raw: askew }).greyscale().toColourspace('b-w').linear(0.68, 58).blur(0.6);
  const streaked = streaks(noisy(await raster(worn), bench.random, 13), bench.random);
  return jpeg(streaked, bench.dpi, 70);
}

async function fax(page: Raster, bench: Bench): Promise<Uint8Array> {
  const askew = await skewed(page, lean(bench.random, 0.2, 0.7), '#ffffff');
  const sent = await raster(
    sharp(askew.data, { raw: askew })
      .greyscale()
      .toColourspace('b-w')
      .resize({ width: Math.round(askew.width / 2), kernel: 'cubic' }),
  );
  const specked = noisy(sent, bench.random, 22);
  const dots = await raster(sharp(specked.data, { raw: specked }).threshold(168).toColourspace('b-w'));
  return jpeg(specks(dots, bench.random), bench.dpi, 82);
}

async function photo(page: Raster, bench: Bench): Promise<Uint8Array> {
  const { random } = bench;
  const angle = (lean(random, 2, 3) * Math.PI) / 180;
  const shear = 0.012 + random() * 0.01;
  const sheet = await sharp(page.data, { raw: page })
    .ensureAlpha()
    .affine([Math.cos(angle), -Math.sin(angle) + shear, Math.sin(angle), Math.cos(angle)], {
      background: { r: 0, g: 0, b: 0, alpha: 0 },
      interpolator: 'bicubic',
    })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
  const margin = Math.round(page.width * 0.05);
  const size = { width: sheet.info.width + 2 * margin, height: sheet.info.height + 2 * margin };
  const scene = await raster(
    sharp((await desk(size, random)).data, { raw: { ...size, channels: 3 } }).composite([
      { input: await shadow(sheet.data, Math.round(page.width / 110)), left: margin - 6, top: margin + 2 },
      { input: sheet.data, left: margin, top: margin },
    ]),
  );
  const lit = await shaded(scene, random);
  return jpeg(noisy(await raster(sharp(lit.data, { raw: lit }).blur(0.6)), random, 6), bench.dpi, 80);
}

/** Degrees within a range, to either side. */
function lean(random: () => number, least: number, most: number): number {
  return (least + random() * (most - least)) * (random() < 0.5 ? -1 : 1);
}

/** Turned, and cut to the glass again. */
async function skewed(page: Raster, degrees: number, background = lid): Promise<Raster> {
  const { width, height } = page;
  const turned = await raster(sharp(page.data, { raw: page }).rotate(degrees, { background }));
  const left = Math.floor((turned.width - width) / 2);
  const top = Math.floor((turned.height - height) / 2);
  return raster(sharp(turned.data, { raw: turned }).extract({ left, top, width, height }));
}

/** A dark wooden desk: noise drawn out along the grain. */
async function desk(size: { readonly width: number; readonly height: number }, random: () => number): Promise<Raster> {
  const [across, along] = [5, 260];
  const grain = Array.from({ length: across * along }, () => 40 + random() * 70);
  const brown = Uint8Array.from(grain.flatMap((light) => [light * 0.95 + 14, light * 0.68 + 10, light * 0.48 + 8]));
  const board = sharp(brown, { raw: { width: across, height: along, channels: 3 } });
  return raster(board.resize({ ...size, fit: 'fill', kernel: 'cubic' }));
}

/** The dark edge that a sheet throws on the desk: its outline, black and soft. */
async function shadow(sheet: Buffer, softness: number): Promise<Buffer> {
  const { data, info } = await sharp(sheet)
    .extractChannel('alpha')
    .linear(0.55, 0)
    .blur(softness)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const black = { create: { width: info.width, height: info.height, channels: 3 as const, background: '#000000' } };
  return sharp(black)
    .joinChannel(data, { raw: { width: info.width, height: info.height, channels: 1 } })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** Lamp from one corner, the photographer's arm over another. */
async function shaded(scene: Raster, random: () => number): Promise<Raster> {
  const light = Uint8Array.from({ length: 9 }, (_, place) => {
    const fall = (place % 3) + Math.floor(place / 3);
    return 250 - fall * 17 - random() * 14;
  });
  const veil = await sharp(light, { raw: { width: 3, height: 3, channels: 1 } })
    .resize({ width: scene.width, height: scene.height, fit: 'fill', kernel: 'cubic' })
    .toColourspace('srgb')
    .png({ compressionLevel: 1 })
    .toBuffer();
  return raster(
    sharp(scene.data, { raw: scene })
      .composite([{ input: veil, blend: 'multiply' }])
      .linear([1, 0.985, 0.95], [0, 0, 0]),
  );
}

/** Adds to each pixel, alike in all colours, what a sensor adds: bell-shaped (two dice), `strength` at most to either side. */
function noisy(picture: Raster, random: () => number, strength: number): Raster {
  const { channels } = picture;
  const data = new Uint8Array(picture.data);
  for (let pixel = 0; pixel < data.length; pixel += channels) {
    const offset = (random() + random() - 1) * strength;
    for (let channel = pixel; channel < pixel + channels; channel += 1) {
      data[channel] = Math.max(0, Math.min(255, Math.round((data[channel] ?? 0) + offset)));
    }
  }
  return { ...picture, data };
}

/** Dust on the sensor of an old scanner: a few faint lines down the whole page. */
function streaks(picture: Raster, random: () => number): Raster {
  const data = new Uint8Array(picture.data);
  for (let count = 0; count < 3; count += 1) {
    const column = Math.floor(random() * picture.width);
    const depth = 10 + random() * 16;
    for (let pixel = column; pixel < data.length; pixel += picture.width) data[pixel] = Math.max(0, (data[pixel] ?? 0) - depth);
  }
  return { ...picture, data };
}

/** Single black dots, as a telephone line leaves them. */
function specks(picture: Raster, random: () => number): Raster {
  const data = new Uint8Array(picture.data);
  for (let count = 0; count < data.length / 9000; count += 1) data[Math.floor(random() * data.length)] = 0;
  return { ...picture, data };
}

async function raster(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 1 ? 1 : 3 };
}

function jpeg(picture: Raster, dpi: number, quality: number): Promise<Uint8Array> {
  const space = picture.channels === 1 ? 'b-w' : 'srgb';
  return sharp(picture.data, { raw: picture }).toColourspace(space).withDensity(dpi).jpeg({ quality }).toBuffer();
}
