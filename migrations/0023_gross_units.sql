-- The search for duplicates asks for bills of the same amount. Under row-level security Postgres uses an index only for
-- comparisons that it knows to leak nothing; numeric's are none of these, those of whole numbers are. So the amount stands
-- once more as a whole number of 1/10000, kept by the database; 0024 fills in what is there, 0025 builds the index.
alter table invoices add column gross_units bigint;

create function set_gross_units() returns trigger language plpgsql as $$
begin
  new.gross_units := new.gross * 10000;
  return new;
end $$;
create trigger gross_units before insert or update on invoices for each row execute function set_gross_units();
