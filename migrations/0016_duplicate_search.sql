-- outside-transaction: an index on a table that exists is built while people write to it
-- The search for duplicates asks by number or by amount, whoever the supplier is; each of its three ways has an index, so that
-- it does not read all invoices of an organization (bench: npm run bench -- matching).
drop index concurrently if exists invoices_by_bare_number;
create index concurrently invoices_by_bare_number on invoices (organization_id, number);
drop index concurrently if exists invoices_by_gross;
create index concurrently invoices_by_gross on invoices (organization_id, gross);
