/**
 * Orders to a language model, in the languages that documents come in. Everyday words of letters ("please ignore this
 * reminder if you have paid") must not match: an order names instructions, prompts or the model itself.
 */
const orders = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|rules|directives|guidelines|guardrails)\b/i,
  /\b(?:ignorier\w*|missachte\w*|vergiss|vergessen sie|überschreibe\w*)\b[^.!?\n]{0,50}\b(?:anweisung\w*|instruktion\w*|regeln|vorgaben|prompts?)/i,
  /\b(?:ignor\w+|oubli\w+|néglig\w+)\b[^.!?\n]{0,50}\b(?:instructions?|consignes|directives|règles)\b/i,
  /\b(?:ignor\w+|olvid\w+|descart\w+)\b[^.!?\n]{0,50}\b(?:instrucciones|instruções|indicaciones|reglas|regras)\b/i,
  /\b(?:ignor\w+|dimentica\w*|trascura\w*)\b[^.!?\n]{0,50}\b(?:istruzioni|regole|direttive)\b/i,
  /\b(?:negeer|vergeet)\b[^.!?\n]{0,50}\b(?:instructies|aanwijzingen|regels)\b/i,
  /\b(?:zignoruj|ignoruj|pomiń|zapomnij)\b[^.!?\n]{0,50}\b(?:instrukcj\w+|polece\w+|zasad\w*|wytyczn\w+)/i,
  /\byou are (?:now )?(?:a|an|the)\b[^.!?\n]{0,30}\b(?:assistant|model|ai|agent|chatbot)\b/i,
  /\b(?:system|developer) (?:prompt|message)\s*:/i,
  /\b(?:as|dear|attention|note to|hey|hello)[,:]? (?:an? |the |all )?(?:ai|llms?|language models?|ai (?:model|assistant|agent)s?|chatgpt|claude|gemini|copilot)\b[^.!?\n]{0,60}\b(?:must|should|please|approve|pay|set|return|output|respond|extract|report)\b/i,
  /<\|(?:im_start|im_end|system|endoftext)\|>|\[\/?INST\]|<\/?(?:system|instructions?)>/i,
];

/** Whether text gives orders to a language model. Nothing here obeys it; a person should know that someone tried. */
export function talksToModel(text: string): boolean {
  return orders.some((order) => order.test(text));
}

/** Whether text that was hidden holds what could change a payment: an amount, a long number, or orders to a program. */
export function matters(hiddenText: string): boolean {
  return /\d[.,]\d{2}(?!\d)|\d{6}/.test(hiddenText) || talksToModel(hiddenText);
}
