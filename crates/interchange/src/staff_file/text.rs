//! From bytes to text: compression and character sets.

use std::borrow::Cow;
use std::io::Read as _;

use domain::Fault;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Why a compressed file cannot be unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpacking {
    /// It is no gzip, or broken off.
    Broken,
    /// It holds more than is read.
    TooLarge,
}

/// The file as it was before somebody compressed it; what is not compressed stays as it is.
pub fn unpack(bytes: &[u8], limit: usize) -> Result<Cow<'_, [u8]>, Unpacking> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return if bytes.len() > limit { Err(Unpacking::TooLarge) } else { Ok(Cow::Borrowed(bytes)) };
    }
    read_at_most(flate2::read::MultiGzDecoder::new(bytes), limit).map(Cow::Owned)
}

/// What a reader gives, unless it is too much: a small file can hold a very large one.
pub(super) fn read_at_most(reader: impl std::io::Read, limit: usize) -> Result<Vec<u8>, Unpacking> {
    let mut unpacked = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(most).read_to_end(&mut unpacked).map_err(|_| Unpacking::Broken)?;
    if unpacked.len() > limit { Err(Unpacking::TooLarge) } else { Ok(unpacked) }
}

/// The text. A byte order mark decides, then what was declared; without either it is UTF-8, and where it cannot be
/// that, Windows-1252.
pub(super) fn decode<'b>(bytes: &'b [u8], charset: Option<&str>) -> Result<Cow<'b, str>, Fault> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return strict(encoding, bytes.get(length..).unwrap_or_default());
    }
    match charset {
        Some(label) => strict(Encoding::for_label(label.as_bytes()).ok_or_else(unknown_charset)?, bytes),
        None => Ok(std::str::from_utf8(bytes)
            .map_or_else(|_| WINDOWS_1252.decode_without_bom_handling(bytes).0, Cow::Borrowed)),
    }
}

fn strict<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Result<Cow<'b, str>, Fault> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        let reason = if encoding == UTF_8 {
            "must be UTF-8 throughout, as it says; or say charset=windows-1252 in Content-Type".to_owned()
        } else {
            format!("must be {} throughout, as it says", encoding.name())
        };
        Fault { name: "body".to_owned(), reason }
    })
}

fn unknown_charset() -> Fault {
    Fault {
        name: "Content-Type".to_owned(),
        reason: "must name a known charset, such as utf-8 or windows-1252, or none".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_compressed_file_is_unpacked_up_to_a_limit() {
        assert_eq!(unpack(b"plain", 5).unwrap(), &b"plain"[..]);
        assert_eq!(unpack(b"plain", 4), Err(Unpacking::TooLarge));
        let packed = gzip(&[b'a'; 100_000]);
        assert_eq!(unpack(&packed, 100_000).unwrap().len(), 100_000);
        assert_eq!(unpack(&packed, 99_999), Err(Unpacking::TooLarge));
        assert_eq!(unpack(&packed[..packed.len() / 2], 100_000), Err(Unpacking::Broken));
        let two = [gzip(b"een;"), gzip(b"twee")].concat();
        assert_eq!(unpack(&two, 100).unwrap(), &b"een;twee"[..], "parts one after the other, as RFC 1952 has it");
    }

    #[test]
    fn marks_and_declarations_and_bytes_tell_the_character_set() {
        assert_eq!(decode("\u{feff}Andrée".as_bytes(), None).unwrap(), "Andrée");
        assert_eq!(decode("Andrée".as_bytes(), None).unwrap(), "Andrée");
        assert_eq!(decode(b"Andr\xe9e \x80", None).unwrap(), "Andrée €");
        assert_eq!(decode(b"Andr\xe9e", Some("windows-1252")).unwrap(), "Andrée");
        assert_eq!(decode(b"Andr\xe9e", Some("ISO-8859-1")).unwrap(), "Andrée");
        assert_eq!(decode(b"\xff\xfeA\0n\0", Some("utf-8")).unwrap(), "An", "the mark is stronger");
        assert_eq!(decode(b"Andr\xe9e", Some("utf-8")).unwrap_err().name, "body");
        assert_eq!(decode(b"A", Some("ebcdic-nl")).unwrap_err().name, "Content-Type");
    }
}
