-- The ledger knows postage: collected from the applicant, owed to the post.
alter table ledger_transaction drop constraint ledger_transaction_kind_check,
  add constraint ledger_transaction_kind_check check (kind in
    ('obligation', 'settlement', 'overpayment', 'cancellation', 'refund-approved', 'refund',
     'bank-line', 'bank-answer', 'cash-difference', 'cash-handover', 'sender-return', 'postage'));
