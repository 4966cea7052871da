import { queryOptions } from '@tanstack/react-query';
import type { AgreementList } from '../../src/interfaces/api/contract-agreements.ts';
import { show } from '../api/request.ts';

/** What is agreed with one supplier, or with all. */
export function agreementsQuery(supplierId: string | null = null) {
  const path = supplierId === null ? '/v1/agreements' : `/v1/agreements?supplierId=${encodeURIComponent(supplierId)}`;
  return queryOptions({ queryKey: ['agreements', path], queryFn: ({ signal }) => show<AgreementList>(path, signal) });
}
