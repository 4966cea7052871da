/** Reads a picture by OCR in this very process and stays for a while: what a library reports home, it reports later. */
import sharp from 'sharp';
import { readDocument } from '#intelligence';

const lingerMs = 12_000;
const page =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"><text x="40" y="150" font-size="60">Invoice 1001</text></svg>';
const bytes = await sharp(Buffer.from(page)).flatten({ background: 'white' }).png().toBuffer();
await readDocument({ fileName: 'page.png', bytes });
await new Promise((resume) => setTimeout(resume, lingerMs));
