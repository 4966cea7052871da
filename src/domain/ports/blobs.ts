/** Bytes kept once under their SHA-256. */
export interface StoredBlob {
  /** Lower-case hex SHA-256 of the content: its name and its proof. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** Content-addressed store of originals and derived files. Writing the same bytes twice is harmless. */
export interface Blobs {
  /** Durable when it returns: the file and its folder entry are synced. */
  put(bytes: Uint8Array): Promise<StoredBlob>;
  /** @throws DH_PLATFORM_BLOB_MISSING, DH_PLATFORM_BLOB_DAMAGED when the content no longer has its hash. */
  get(sha256: string): Promise<Uint8Array>;
  has(sha256: string): Promise<boolean>;
}
