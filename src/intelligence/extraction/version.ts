/** Changes with every change of rules, so that a stored extraction can be replayed (G6). */
export const extractorVersion = 'rules-6';
