-- Row-level security binds the owner too, who has no policy of his own. Holds the table for about a second per 100,000 invoices.
create policy fill_gross_units on invoices to current_user using (true);
update invoices set gross_units = gross * 10000 where gross is not null;
drop policy fill_gross_units on invoices;
