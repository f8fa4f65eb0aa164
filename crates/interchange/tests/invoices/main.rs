//! Invoices and SETU documents as their readers see them: golden files, the sequence of UBL, the arithmetic of EN 16931.

#[cfg(test)]
mod arithmetic;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod reader;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod sequence;
#[cfg(test)]
mod setu;
