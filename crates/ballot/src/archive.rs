//! The `.bel` archive: container, hash chain, order of events.
