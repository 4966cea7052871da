/** Text as Postgres takes it: without the character NUL, and without halves of a surrogate pair, which mails do carry. */
export function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
