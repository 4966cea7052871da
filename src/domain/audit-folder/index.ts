export { canonicalJson, checkFolder, readAnswer, writtenMail } from './check-folder.ts';
export type { ChainPlace, FolderEntry, FolderFault, FolderFinding, FolderManifest, FolderSource } from './check-folder.ts';
export { periodOf } from './period.ts';
export type { Period } from './period.ts';
export { csvText } from './csv.ts';
