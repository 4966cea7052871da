/** How much of an organization's work goes on at once: content of its policy of kind `admission`; what is left out is the default. */
export interface AdmissionLimits {
  /** Messages being unpacked and documents being read and assessed. */
  readonly organizationConcurrency: number;
  /** The same of one mailbox, folder or other connection. */
  readonly connectionConcurrency: number;
  /** Begun per minute, of one connection; null is no limit. */
  readonly connectionPerMinute: number | null;
  /** Unsettled messages and documents at which nothing more is fetched, and uploads are asked to come later. */
  readonly organizationBacklog: number;
  readonly connectionBacklog: number;
}

/**
 * 16 keeps two to eight readers busy, and one organization can't take the whole of an installation; one connection
 * leaves a quarter for the others. A rate is for what is paid by the call; reading is bounded by concurrency. 500
 * unsettled messages of a mailbox are about five minutes of reading: what more is fetched earlier is finished no sooner.
 */
export const defaultLimits: AdmissionLimits = {
  organizationConcurrency: 16,
  connectionConcurrency: 12,
  connectionPerMinute: null,
  organizationBacklog: 2000,
  connectionBacklog: 500,
};
