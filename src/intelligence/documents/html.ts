import { convert } from 'html-to-text';
import { maxTextCharacters } from './limits.ts';

/**
 * The text of a web page or an HTML mail body with its tables kept in columns. Nothing is fetched or run: scripts,
 * styles, pictures and link targets are dropped.
 */
export function textOfHtml(html: string): string {
  return convert(html.slice(0, maxTextCharacters * 8), {
    wordwrap: false,
    limits: { maxInputLength: maxTextCharacters * 8, maxDepth: 60, maxChildNodes: 5_000 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'table', format: 'dataTable', options: { maxColumnWidth: 60, uppercaseHeaderCells: false } },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}
