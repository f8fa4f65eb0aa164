//! Electronic invoices: UBL 2.1 in the profiles Peppol BIS Billing 3.0 and NLCIUS.
