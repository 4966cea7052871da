import { DeskhandError } from '#domain/errors';
import type { LanguageModel } from '../api/contract-language-model.ts';
import { interfaceErrors } from '../errors.ts';
import { exitStatus, type CliContext, type ExitStatus } from './cli-context.ts';
import type { ServerOptions } from './office-commands.ts';
import { connect } from './server-client.ts';

export interface LanguageModelOptions extends ServerOptions {
  readonly on?: boolean;
  readonly off?: boolean;
  readonly budget?: string;
}

/** `deskhand language-model`: whether documents are shown to one, and what that took; switches it on or off. */
export async function languageModel(context: CliContext, { on, off, budget, ...options }: LanguageModelOptions): Promise<ExitStatus> {
  if (budget !== undefined && on !== true) throw new DeskhandError(interfaceErrors.usage, '--budget goes with --on.');
  const server = await connect(context, options);
  const own = budget === undefined ? {} : { budget: budget === 'none' ? null : budget };
  const state =
    on === true || off === true
      ? await server.put<LanguageModel>('/v1/language-model', { isOn: on === true, ...own })
      : await server.get<LanguageModel>('/v1/language-model');
  context.terminal.write(options.json === true ? `${JSON.stringify(state, null, 2)}\n` : describe(state));
  return exitStatus.ok;
}

function describe({ model, isOn, budget, ownBudget, month }: LanguageModel): string {
  if (model === null) return 'No language model is set up here; nothing is sent to any (docs/guides/language-model.md).\n';
  const head = isOn ? `${model} is asked about values in doubt.` : `${model} is set up and switched off: nothing is sent to it.`;
  const cost = month.cost === null ? '' : `, ${month.cost.amount} ${month.cost.currency}`;
  const bound = `Budget a month: ${budget ?? 'none'}${ownBudget === null ? '' : `, by your own choice ${ownBudget}`}.`;
  const used = `Since ${month.since.slice(0, 10)}: ${month.questions} documents, ${month.inputTokens} tokens in, ${month.outputTokens} out${cost}.`;
  return `${head}\n${bound}\n${used}\n`;
}
