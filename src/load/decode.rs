//! Bytes to text: byte order mark, strict UTF-8, the declared character set, a guess. What could not
//! be decoded is counted. Must not clean the text: that is done when it is drawn.

use super::format::Reason;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that a guess is made from.
const GUESS_FROM: usize = 256 << 10;

/// Text and how it was had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The character set, by its standard name.
    pub charset: &'static str,
    /// It was guessed.
    pub guessed: bool,
    /// Characters that read U+FFFD because they could not be decoded.
    pub replacements: usize,
}

/// Decodes; `declared` is what the file says of itself.
///
/// # Errors
/// When it is no text.
pub fn decode(bytes: Vec<u8>, declared: Option<&str>) -> Result<Decoded, Reason> {
    if let Some(wide) = utf_32(&bytes) {
        return Ok(wide);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return Ok(decoded(bytes.get(mark..).unwrap_or(&[]), encoding, false));
    }
    if let Some(encoding) = utf_16_without_mark(&bytes) {
        return Ok(decoded(&bytes, encoding, true));
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(Reason::new("is no text: it holds NUL bytes"));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            return Ok(Decoded {
                text,
                charset: UTF_8.name(),
                guessed: false,
                replacements: 0,
            });
        }
        Err(error) => error.into_bytes(),
    };
    let declared = declared.and_then(|name| Encoding::for_label(name.trim().as_bytes()));
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        return Ok(decoded(&bytes, encoding, false));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes.get(..GUESS_FROM).unwrap_or(&bytes), true);
    let guess = detector.guess(None, Utf8Detection::Allow);
    Ok(decoded(&bytes, guess, true))
}

/// The standard name of a character set that is known under `name`.
pub fn known_name(name: &str) -> Option<&'static str> {
    Encoding::for_label(name.trim().as_bytes()).map(|encoding| encoding.name())
}

fn decoded(bytes: &[u8], encoding: &'static Encoding, guessed: bool) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let replacements = if had_errors {
        text.matches('\u{FFFD}').count()
    } else {
        0
    };
    Decoded {
        text: text.into_owned(),
        charset: encoding.name(),
        guessed,
        replacements,
    }
}

/// UTF-32 by its byte order mark; `encoding_rs` does not know it.
fn utf_32(bytes: &[u8]) -> Option<Decoded> {
    let (rest, big) = match bytes {
        [0, 0, 0xFE, 0xFF, rest @ ..] => (rest, true),
        [0xFF, 0xFE, 0, 0, rest @ ..] => (rest, false),
        // Without a mark: the tag or brace that a document begins with.
        [0, 0, 0, b'<' | b'{' | b'[', ..] => (bytes, true),
        [b'<' | b'{' | b'[', 0, 0, 0, ..] => (bytes, false),
        _ => return None,
    };
    let mut replacements = 0;
    let mut text = String::with_capacity(rest.len() / 4);
    for unit in rest.chunks(4) {
        let code = <[u8; 4]>::try_from(unit).ok().map(|b| {
            if big {
                u32::from_be_bytes(b)
            } else {
                u32::from_le_bytes(b)
            }
        });
        text.push(code.and_then(char::from_u32).unwrap_or_else(|| {
            replacements += 1;
            '\u{FFFD}'
        }));
    }
    let charset = if big { "UTF-32BE" } else { "UTF-32LE" };
    Some(Decoded {
        text,
        charset,
        guessed: false,
        replacements,
    })
}

/// UTF-16 without a mark: nearly every other byte of the beginning is NUL.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(512) & !1)?;
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.get(1) == Some(&0));
    }
    let pairs = head.len() / 2;
    match pairs {
        0..4 => None,
        _ if odd * 10 >= pairs * 7 && even == 0 => Some(UTF_16LE),
        _ if even * 10 >= pairs * 7 && odd == 0 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], declared: Option<&str>) -> (String, &'static str, bool, usize) {
        let d = decode(bytes.to_vec(), declared).unwrap();
        (d.text, d.charset, d.guessed, d.replacements)
    }

    #[test]
    fn marks_declarations_and_guesses() {
        assert_eq!(
            text(b"\xef\xbb\xbfcaf\xc3\xa9", None),
            ("café".into(), "UTF-8", false, 0)
        );
        assert_eq!(
            text(b"\xff\xfec\0a\0", None),
            ("ca".into(), "UTF-16LE", false, 0)
        );
        assert_eq!(
            text(b"c\0a\0f\0e\0", None),
            ("cafe".into(), "UTF-16LE", true, 0)
        );
        assert_eq!(
            text(b"\0\0\xfe\xff\0\0\0c", None),
            ("c".into(), "UTF-32BE", false, 0)
        );
        assert_eq!(
            text(b"caf\xe9", Some("iso-8859-1")),
            ("café".into(), "windows-1252", false, 0)
        );
        let (guess, charset, guessed, _) = text(
            b"Le caf\xe9 est ferm\xe9 \xe0 midi, a d\xe9clar\xe9 le ministre.",
            None,
        );
        assert_eq!(
            (guess.contains("café"), charset, guessed),
            (true, "windows-1252", true)
        );
    }

    #[test]
    fn what_cannot_be_decoded_is_counted_and_binary_is_refused() {
        assert_eq!(
            text(b"\xef\xbb\xbfa\xffb", None),
            ("a\u{FFFD}b".into(), "UTF-8", false, 1)
        );
        assert!(decode(b"\x00\x01\x02\x03binary\xff".to_vec(), None).is_err());
    }
}
