//! SETU 2.0: assignment, timecard and invoice as JSON.
