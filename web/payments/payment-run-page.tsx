export function PaymentRunPage() { return null; }
