//! Being written.

use crate::DocumentError;
use crate::paper::Paper;

pub(crate) fn render(_paper: &Paper) -> Result<Vec<u8>, DocumentError> {
    Err(DocumentError::Pdf("尚未完成".into()))
}
