/** Ends the work of a saga as somebody wished. Here, because workflow code imports nothing but its own; errors.ts has it in its table. */
export const workSetAside = { code: 'DH_ORCHESTRATION_SET_ASIDE', kind: 'conflict', retryable: false } as const;
