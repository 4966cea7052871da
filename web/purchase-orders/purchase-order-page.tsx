export function PurchaseOrderPage() { return null; }
