-- outside-transaction: indexes on tables that exist are built while people write to them
-- Bills of one amount, what is received of an order, and what was corrected, without reading all rows (bench: npm run bench -- matching).
drop index concurrently if exists invoices_by_gross_units;
create index concurrently invoices_by_gross_units on invoices (organization_id, gross_units);
drop index concurrently if exists corrections_by_invoice;
create index concurrently corrections_by_invoice on corrections (invoice_id);
drop index concurrently if exists goods_receipts_by_order;
create index concurrently goods_receipts_by_order on goods_receipts (purchase_order_id);
drop index concurrently if exists goods_receipt_lines_by_order_line;
create index concurrently goods_receipt_lines_by_order_line on goods_receipt_lines (purchase_order_line_id);
