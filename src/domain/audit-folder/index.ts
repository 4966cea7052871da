export { canonicalJson, checkFolder } from './check-folder.ts';
export type { ChainPlace, FolderEntry, FolderFault, FolderFinding, FolderManifest, FolderSource } from './check-folder.ts';
export { periodOf } from './period.ts';
export type { Period } from './period.ts';
export { csvText } from './csv.ts';
