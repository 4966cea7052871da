import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where this checkout lies, with migrations/, models/ and dist/web. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Release of Deskhand, as package.json says. */
export const version = (JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as { version: string }).version;
