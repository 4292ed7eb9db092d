//! A text told as the changes that make it of another: a claim restated is the claim with a name here and
//! there for "we". Whatever the two texts are, the second comes back; a text that is quite another costs its
//! own letters. Must not know the rules by which claims are restated.

use super::bytes::{Reader, Writer};

/// So many bytes must agree behind a change before the texts are taken to go on together.
const AGREED: usize = 10;

/// Writes `to` as changes of `from`: how far they agree, what is left out, what stands there instead; the
/// last change is followed by agreement to the end.
pub(super) fn write<'t>(
    mut from: &'t str,
    mut to: &'t str,
    letters: &mut Letters<'t>,
    out: &mut Writer,
) {
    while from != to {
        let same = agreement(from, to);
        let (rest, new) = (after(from, same), after(to, same));
        let (gone, come) = change(rest, new);
        // Agreement is never told to be more than it is: a change has at least a byte on one side.
        out.count(same);
        out.count(gone);
        letters.write(new.get(..come).unwrap_or_default(), out);
        (from, to) = (after(rest, gone), after(new, come));
        out.byte(u8::from(from != to));
    }
}

/// Reads a text that is not `from`.
pub(super) fn read<'b>(
    mut from: &str,
    letters: &mut Vec<&'b str>,
    r: &mut Reader<'b>,
) -> Option<String> {
    let mut to = String::with_capacity(from.len() + 16);
    loop {
        let same = usize::try_from(r.number()?).ok()?;
        to.push_str(from.get(..same)?);
        from = from.get(same..)?;
        from = from.get(usize::try_from(r.number()?).ok()?..)?;
        to.push_str(read_letters(letters, r)?);
        if r.byte()? == 0 {
            to.push_str(from);
            return Some(to);
        }
    }
}

/// Bytes at the start of both that agree, to a boundary of characters.
fn agreement(one: &str, other: &str) -> usize {
    let pairs = one.char_indices().zip(other.chars());
    let differ = pairs.into_iter().find(|((_, a), b)| a != b);
    differ.map_or(one.len().min(other.len()), |((at, _), _)| at)
}

/// The next change: bytes of `old` that go, bytes of `new` that come instead. The word under way goes, and
/// what comes ends where the text behind that word is found again; where it is not, all that is left goes.
fn change(old: &str, new: &str) -> (usize, usize) {
    let word = old.find(|c: char| !c.is_alphanumeric());
    let behind = word.and_then(|end| Some((end, old.get(end..)?)));
    let found = behind.and_then(|(end, rest)| {
        let agreed = rest.char_indices().map(|(at, c)| at + c.len_utf8());
        let enough = agreed.take_while(|end| *end <= AGREED).last().unwrap_or(0);
        let come = new.find(rest.get(..enough.max(1)).unwrap_or(rest))?;
        Some((end, come))
    });
    found
        .filter(|(gone, come)| gone + come > 0)
        .unwrap_or((old.len(), new.len()))
}

fn after(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// Texts that come again are told by their number.
#[derive(Debug, Default)]
pub(super) struct Letters<'t>(Vec<&'t str>);

/// So many are looked through: a statement restates with few names.
const MOST_LETTERS: usize = 16;

impl<'t> Letters<'t> {
    /// Writes a text, or the number it has.
    pub fn write(&mut self, text: &'t str, out: &mut Writer) {
        let looked = self.0.iter().take(MOST_LETTERS);
        match looked.clone().position(|known| *known == text) {
            Some(at) => out.count(at + 1),
            None => {
                out.count(0);
                out.text(text);
                self.0.push(text);
            }
        }
    }
}

/// Reads what [`Letters::write`] wrote.
pub(super) fn read_letters<'b>(letters: &mut Vec<&'b str>, r: &mut Reader<'b>) -> Option<&'b str> {
    match usize::try_from(r.number()?).ok()?.checked_sub(1) {
        Some(at) => letters.get(at).copied(),
        None => {
            let text = r.text()?;
            letters.push(text);
            Some(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(pairs: &[(&str, &str)]) -> Vec<u8> {
        let (mut letters, mut out) = (Letters::default(), Writer::default());
        for (from, to) in pairs {
            write(from, to, &mut letters, &mut out);
        }
        out.0
    }

    proptest! {
        #[test]
        fn any_text_comes_back(
            pairs in prop::collection::vec(("[ab é]{0,12}", "[ab é]{0,12}"), 0..4),
        ) {
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let bytes = told(&pairs);
            let (mut letters, mut reader) = (Vec::new(), Reader(&bytes));
            for (from, to) in pairs.into_iter().filter(|(from, to)| from != to) {
                prop_assert_eq!(read(from, &mut letters, &mut reader), Some(to.to_owned()));
            }
            prop_assert!(reader.0.is_empty());
        }
    }

    #[test]
    fn a_name_for_a_pronoun_costs_a_few_bytes() {
        let from = "we will not yield, and we must be unified in putting forth an agenda";
        let to = from.replace("we ", "Barbara Lee ");
        let pairs = [(from, to.as_str()), (from, to.as_str())];
        assert_eq!(told(&pairs).len(), 4 * 4 + 1 + "Barbara Lee".len());
    }
}
