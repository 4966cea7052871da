-- outside-transaction: indexes on tables that exist are built while people write to them
-- What a large office reads without looking at all its rows (bench: npm run bench -- matching pages). First bills of one amount
-- and what came in on an order, for the assessment; then lists in their order, page by page.
drop index concurrently if exists invoices_by_gross_units;
create index concurrently invoices_by_gross_units on invoices (organization_id, gross_units);
drop index concurrently if exists goods_receipts_by_order;
create index concurrently goods_receipts_by_order on goods_receipts (purchase_order_id);
drop index concurrently if exists goods_receipt_lines_by_order_line;
create index concurrently goods_receipt_lines_by_order_line on goods_receipt_lines (purchase_order_line_id);
drop index concurrently if exists corrections_by_invoice;
create index concurrently corrections_by_invoice on corrections (invoice_id);
drop index concurrently if exists invoices_by_arrival;
create index concurrently invoices_by_arrival on invoices (organization_id, created_at, id);
drop index concurrently if exists events_by_arrival;
create index concurrently events_by_arrival on events (organization_id, received_at, id);
drop index concurrently if exists events_by_creation;
create index concurrently events_by_creation on events (organization_id, created_at);
drop index concurrently if exists events_by_status;
create index concurrently events_by_status on events (organization_id, status) where status <> 'handled';
drop index concurrently if exists purchase_orders_by_day;
create index concurrently purchase_orders_by_day on purchase_orders (organization_id, ordered_on, id);
drop index concurrently if exists purchase_orders_by_supplier;
create index concurrently purchase_orders_by_supplier on purchase_orders (supplier_id);
drop index concurrently if exists payments_by_day;
create index concurrently payments_by_day on payments (organization_id, execute_on, id);
drop index concurrently if exists suppliers_by_name;
create index concurrently suppliers_by_name on suppliers (organization_id, name, id);
