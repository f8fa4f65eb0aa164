//! Documents for people: blocks of text as HTML and as PDF/A.
