//! What statements take in memory once they are loaded, so that the loader can stop before there is none
//! left. An estimate from above, by measured figures: asking the system would tell of the moment only, and
//! differently on every machine. Must not know how much there is: that is the caller's.

use crate::model::Statement;

/// Bytes for each byte of text: itself, its index, what is extracted from it. `benches/README.md` has the
/// figures; a test holds the store to them.
const PER_BYTE: u64 = 3;
/// Bytes for a statement however short: its fields, their places in memory, its sketch among the duplicates.
const PER_STATEMENT: u64 = 2_000;

/// Bytes that a statement will take.
pub fn taken_by(statement: &Statement) -> u64 {
    let s = statement;
    let text = s.body.len() + s.title.value.len();
    let extra = s.extra.iter().map(|(key, value)| key.len() + value.len());
    let tags = s.tags.iter().map(String::len);
    let fields: usize = extra.chain(tags).sum();
    PER_STATEMENT + PER_BYTE * text as u64 + fields as u64
}

/// A number of bytes as people say it, rounded down so that it is never more than there is.
pub fn told(bytes: u64) -> String {
    const UNITS: [(u32, &str); 3] = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    let unit = UNITS.iter().find(|(shift, _)| bytes >> shift > 0);
    unit.map_or(format!("{bytes} bytes"), |(shift, unit)| {
        let tenths = ((bytes >> (shift - 4)) * 10) >> 4;
        match tenths % 10 {
            0 => format!("{} {unit}", tenths / 10),
            part => format!("{}.{part} {unit}", tenths / 10),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_the_largest_unit_that_fits() {
        for (bytes, expected) in [
            (0, "0 bytes"),
            (1023, "1023 bytes"),
            (1 << 10, "1 KiB"),
            (3 << 29, "1.5 GiB"),
            ((1 << 30) - 1, "1023.9 MiB"),
            (u64::MAX, "17179869183.9 GiB"),
        ] {
            assert_eq!(told(bytes), expected);
        }
    }
}
