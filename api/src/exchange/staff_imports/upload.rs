//! A staff file as it is sent.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use actix_web::{FromRequest, HttpRequest, dev, web};
use interchange::staff_file::{Format, Unpacking, unpack};
use sha2::{Digest as _, Sha256};

use crate::body::{Once, Post, bytes_of, check_media_type, once_of};
use crate::caller::operation_of;
use crate::problem::{BODY_TOO_LARGE, BODY_UNREADABLE, Problem};

/// The largest file that is read, as it is sent.
pub(super) const MOST_SENT: usize = 32 * 1024 * 1024;
/// The largest file that is read, unpacked.
pub(super) const MOST_UNPACKED: usize = 64 * 1024 * 1024;

/// A staff file.
#[derive(Debug)]
pub(super) struct Upload {
    /// Its bytes, unpacked.
    pub(super) bytes: Vec<u8>,
    /// How it is written.
    pub(super) format: Format,
    /// The character set it was said to have.
    pub(super) charset: Option<String>,
    /// SHA-256 of the bytes.
    pub(super) hash: String,
}

impl Upload {
    /// A file in columns.
    pub(super) fn csv(bytes: Vec<u8>) -> Self {
        let hash = format!("{:x}", Sha256::digest(&bytes));
        Self { bytes, format: Format::Csv, charset: None, hash }
    }
}

/// The upload of a request, with its Idempotency-Key if it came with one.
#[derive(Debug)]
pub(crate) struct Uploaded {
    sent: web::Bytes,
    media_type: String,
    is_gzip: bool,
    pub(super) once: Option<Once>,
}

impl FromRequest for Uploaded {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut dev::Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        Box::pin(async move {
            check_media_type(&request, &operation_of(&request)?)?;
            let sent = bytes_of(MOST_SENT, payload).await?;
            // The query says what is done with the file, so a key belongs to it too.
            let signed = [request.query_string().as_bytes(), b"\n", &sent].concat();
            let once = once_of(&request, &signed)?;
            let text = |name| {
                let header = request.headers().get(name).and_then(|header| header.to_str().ok());
                header.unwrap_or_default().to_ascii_lowercase()
            };
            let is_gzip = text(CONTENT_ENCODING) == "gzip";
            Ok(Self { sent, media_type: text(CONTENT_TYPE), is_gzip, once })
        })
    }
}

impl Uploaded {
    /// Unpacks the file. It may block: it is not done where requests are accepted.
    pub(super) fn open(self) -> Result<Post<Arc<Upload>>, Problem> {
        let Self { sent, media_type, is_gzip, once } = self;
        let mut parts = media_type.split(';').map(str::trim);
        let format = match parts.next().unwrap_or_default() {
            "application/json" => Format::Json,
            "application/zip" => Format::Zip,
            _ => Format::Csv,
        };
        let charset =
            parts.find_map(|part| part.strip_prefix("charset=")).map(|name| name.trim_matches('"').to_owned());
        if is_gzip && !sent.starts_with(&[0x1f, 0x8b]) {
            return Err(Problem::new(&BODY_UNREADABLE, "The body must be gzip, as Content-Encoding says."));
        }
        let bytes = unpack(&sent, MOST_UNPACKED).map_err(|why| match why {
            Unpacking::Broken => Problem::new(&BODY_UNREADABLE, "The body must be whole gzip: it breaks off."),
            Unpacking::TooLarge => {
                let detail = format!("A staff file must have at most {MOST_UNPACKED} bytes when unpacked.");
                Problem::new(&BODY_TOO_LARGE, detail)
            }
        })?;
        let hash = format!("{:x}", Sha256::digest(&bytes));
        Ok(Post { value: Arc::new(Upload { bytes: bytes.into_owned(), format, charset, hash }), once })
    }
}
