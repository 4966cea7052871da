import type { ColumnType } from 'kysely';

/** `timestamptz`: read as Date, written as Date. */
export type Instant = ColumnType<Date, Date, Date>;
export type CreatedAt = ColumnType<Date, Date | undefined, never>;
/** `date`: `YYYY-MM-DD` both ways (the pool's type parser leaves it as text). */
export type Day = string;
/** Null until it is set; may be left out of a new row. */
export type OrNull<Value, Written = Value> = ColumnType<Value | null, Written | null | undefined, Written | null>;
/** `numeric`: decimal text both ways. */
export type Numeric = string;
/** `bigint`: text when read. */
export type BigInteger = ColumnType<string, number | bigint | string, number | bigint | string>;
/** `jsonb`: parsed when read, JSON text when written. */
export type Json<Content> = ColumnType<Content, string, string>;
/** The same with a default in the table. */
export type DefaultJson<Content> = ColumnType<Content, string | undefined, string>;
