//! How much memory what is loaded may take: as the user says it, or a share of what the machine has. Reads
//! what the system tells about itself; must not count what is taken: `load` does.

use std::fs;

/// One part in so many of the machine's memory is for what is loaded.
const SHARE: u64 = 2;
/// Where the system does not tell how much there is.
const UNKNOWN: u64 = 4 << 30;
/// Where Linux tells how much a group of processes may take: version 2, then version 1.
const GROUP: [&str; 2] = [
    "/sys/fs/cgroup/memory.max",
    "/sys/fs/cgroup/memory/memory.limit_in_bytes",
];

/// Bytes that what is loaded may take when nothing else is said: half of what the machine has, or of what
/// the group that the process runs in may take; 4 GiB where neither is known.
#[must_use]
pub fn default_memory() -> u64 {
    let machine = fs::read_to_string("/proc/meminfo").ok();
    let machine = machine.and_then(|told| total(&told));
    let groups = GROUP
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    // `max`, or a number past all memory, is no limit.
    let groups = groups.filter_map(|told| told.trim().parse().ok());
    share_of(groups.chain(machine).min())
}

fn share_of(known: Option<u64>) -> u64 {
    known.map_or(UNKNOWN, |bytes| bytes / SHARE)
}

/// All memory, as `/proc/meminfo` tells it.
fn total(told: &str) -> Option<u64> {
    let line = told
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}

/// A number of bytes as people write it: `4G`, `512 MiB`, `1000000`. Units are powers of 1024.
///
/// # Errors
/// What is wrong with it, for a message.
pub fn parse_size(written: &str) -> Result<u64, String> {
    let written = written.trim();
    let digits = written.find(|c: char| !c.is_ascii_digit());
    let (number, unit) = written.split_at(digits.unwrap_or(written.len()));
    let shift = match unit.trim().to_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err(wrong(written)),
    };
    let number: u64 = number.parse().map_err(|_| wrong(written))?;
    number.checked_mul(1 << shift).ok_or_else(|| wrong(written))
}

fn wrong(written: &str) -> String {
    format!("`{written}` is no size; give bytes, or a number with K, M, G or T: `512M`, `4G`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (written, bytes) in [
            ("0", 0),
            ("1000", 1000),
            ("512M", 512 << 20),
            ("512 MiB", 512 << 20),
            ("4g", 4 << 30),
            ("2 TB", 2 << 40),
        ] {
            assert_eq!(parse_size(written), Ok(bytes));
        }
        for wrong in ["", "G", "-1", "1.5G", "4 gigs", "99999999999T"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn half_of_what_there_is_or_a_fixed_size() {
        let told = "MemTotal:       24684000 kB\nMemFree:          100 kB\n";
        assert_eq!(share_of(total(told)), 24_684_000 * 512);
        assert_eq!(total("MemFree: 5 kB"), None);
        assert_eq!(share_of(None), 4 << 30);
        assert!(default_memory() > 0);
    }
}
