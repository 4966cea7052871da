-- Settled work is forgotten after its time. docs/decisions/2026-11-24-forgetting.md says what stays.
grant delete on outbox to deskhand_system;
