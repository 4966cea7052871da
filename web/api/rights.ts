import { useQuery } from '@tanstack/react-query';
import type { Me } from '../../src/interfaces/api/contract.ts';
import { meQuery } from './queries.ts';

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

export function useMay(right: string): boolean {
  return useMe()?.rights.includes(right) ?? false;
}

/** Roles as the office says them. */
export const roleNames: Readonly<Record<string, string>> = {
  'office-manager': 'office manager',
  approver: 'approver',
  controller: 'controller',
  administrator: 'administrator',
  auditor: 'auditor',
};
