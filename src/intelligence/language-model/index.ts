export { createLanguageModel, type LanguageModelOptions } from './create-language-model.ts';
