import type { DecisionTable, PolicyTables, TableName } from './decision-table.ts';
import type { PolicyCase } from './test-cases.ts';

/** Tables and test cases as one JDM file: opens in GoRules' editor and runs in its engine; the cases travel along. */
export interface JdmFile {
  readonly contentType: 'application/vnd.gorules.decision';
  readonly nodes: readonly JdmNode[];
  readonly edges: readonly { readonly id: string; readonly type: 'edge'; readonly sourceId: string; readonly targetId: string }[];
  readonly deskhand: { readonly name: string; readonly cases: readonly PolicyCase[] };
}

interface JdmNode {
  readonly id: string;
  readonly type: 'inputNode' | 'outputNode' | 'decisionTableNode';
  readonly name: string;
  readonly position: { readonly x: number; readonly y: number };
  readonly content?: Omit<DecisionTable, 'hitPolicy'> & { readonly hitPolicy: string; readonly isUnique?: boolean };
}

/** Writes a version as a JDM file. JDM knows no `unique`: where no two rows meet, `first` says the same. */
export function writeJdm(tables: PolicyTables, cases: readonly PolicyCase[]): JdmFile {
  const table = (name: TableName | 'questions', x: number, { hitPolicy, ...content }: DecisionTable): JdmNode => {
    return {
      id: name,
      type: 'decisionTableNode',
      name,
      position: { x, y: 100 },
      content: { ...content, hitPolicy: 'first', ...(hitPolicy === 'unique' ? { isUnique: true } : {}) },
    };
  };
  const names = ['approvals', 'tolerances', ...(tables.questions === undefined ? [] : ['questions'])];
  const edge = (sourceId: string, targetId: string) => ({ id: `${sourceId}-${targetId}`, type: 'edge' as const, sourceId, targetId });
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'invoice', type: 'inputNode', name: 'invoice', position: { x: 0, y: 200 } },
      table('approvals', 300, tables.approvals),
      table('tolerances', 300, tables.tolerances),
      ...(tables.questions === undefined ? [] : [table('questions', 300, tables.questions)]),
      { id: 'decision', type: 'outputNode', name: 'decision', position: { x: 700, y: 200 } },
    ],
    edges: [...names.map((name) => edge('invoice', name)), ...names.map((name) => edge(name, 'decision'))],
    deskhand: { name: tables.name, cases },
  };
}
