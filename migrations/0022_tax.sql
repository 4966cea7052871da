-- Tax (docs/decisions/2026-12-01-tax-checks.md): who we are to the tax office, and whose foreign tax is known to be borne. The country
-- is there since 0004; without it nothing is said about foreign or missing tax.

alter table organizations add column vat_id text;
alter table suppliers add column charges_foreign_tax boolean not null default false;
