//! Spreadsheet files into `pingyi_domain::roster::Table`. Being written.
