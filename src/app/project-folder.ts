import { fileURLToPath } from 'node:url';

/** Where this checkout lies, with migrations/, models/ and dist/web. */
export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
