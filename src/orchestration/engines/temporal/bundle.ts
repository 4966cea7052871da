import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundleWithSourceMap } from '@temporalio/worker';

const isSource = import.meta.url.endsWith('.ts');
/** A module of this folder, as Temporal loads it by itself. */
export const here = (name: string): string => fileURLToPath(new URL(`./${name}.${isSource ? 'ts' : 'js'}`, import.meta.url));

const bundles = new Map<string, Promise<WorkflowBundleWithSourceMap>>();

/**
 * Workflow code as Temporal's sandbox loads it; bundled once a process.
 *
 * @param interceptors - modules that look over its shoulder.
 */
export function bundle(workflowsPath: string, interceptors: readonly string[] = []): Promise<WorkflowBundleWithSourceMap> {
  const key = [workflowsPath, ...interceptors].join('\n');
  const known = bundles.get(key);
  if (known !== undefined) return known;
  const made = bundleWorkflowCode({
    workflowsPath: path.resolve(workflowsPath),
    workflowInterceptorModules: [...interceptors],
    failureConverterPath: here('failure-converter'),
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: [...(isSource ? ['source'] : []), 'require', 'node', 'default'] },
    }),
  });
  bundles.set(key, made);
  return made;
}
