//! Addresses as QR codes: the scrutineers', the projector's, and those of unsigned collections.

use qrcode::QrCode;
use qrcode::render::svg;

use crate::kernel::error::PageError;

/// An address and its QR code.
pub(crate) struct Invite {
    /// The address.
    pub url: String,
    /// Inline SVG.
    pub qr: String,
}

impl Invite {
    /// For this address.
    pub fn of(url: String) -> Result<Self, PageError> {
        let code = QrCode::new(url.as_bytes()).map_err(PageError::internal)?;
        let image = code
            .render::<svg::Color<'_>>()
            .min_dimensions(200, 200)
            .quiet_zone(true)
            .build();
        // The XML head has no place inside a page.
        let start = image.find("<svg").unwrap_or(0);
        let qr = image[start..].to_owned();
        Ok(Self { url, qr })
    }
}
