//! Room left on the disk that holds the data.

use std::path::Path;

/// Free bytes for this program; `None` where the system does not say.
#[cfg(unix)]
pub fn free_bytes(path: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(path).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Free bytes for this program; `None` where the system does not say.
#[cfg(not(unix))]
pub fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// `1.5 GB`, `320 MB`.
pub fn size_text(bytes: u64) -> String {
    const MB: u64 = 1024 * 1024;
    match bytes {
        b if b >= 1024 * MB => {
            let tenths = b / (1024 * MB / 10);
            format!("{}.{} GB", tenths / 10, tenths % 10)
        }
        b if b >= MB => format!("{} MB", b / MB),
        b => format!("{} KB", b.div_ceil(1024)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well() {
        assert_eq!(size_text(500), "1 KB");
        assert_eq!(size_text(3 * 1024 * 1024), "3 MB");
        assert_eq!(size_text(1024 * 1024 * 1536), "1.5 GB");
    }
}
