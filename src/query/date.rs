//! Dates and date ranges in a query.

/// A range of days, both ends included, as ISO 8601 days. An end left open is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateRange {
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

impl DateRange {
    /// Reads `2026`, `2026-10`, `2026-10-01`, `A..B`, `A..` or `..B`.
    ///
    /// # Errors
    /// A clause that says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (from, to) = match text.split_once("..") {
            Some((from, to)) => (from, to),
            None => (text, text),
        };
        if from.is_empty() && to.is_empty() {
            return Err("a date is missing: write 2026-10, 2026-10..2026-12 or 2026-10..".into());
        }
        let range = Self {
            from: edge(from, "-01", "-01")?,
            to: edge(to, "-12", "-31")?,
        };
        if let (Some(from), Some(to)) = (&range.from, &range.to)
            && from > to
        {
            return Err(format!("the range ends ({to}) before it begins ({from})"));
        }
        Ok(range)
    }

    /// True when the ISO date `iso` (year, month or day) may lie in the range: a date known only to
    /// the month or year counts when any day of it does.
    #[must_use]
    pub fn holds(&self, iso: &str) -> bool {
        let day = iso.get(0..10).unwrap_or(iso);
        let after = self
            .from
            .as_deref()
            .is_none_or(|from| day >= from.get(..day.len()).unwrap_or(from));
        let before = self
            .to
            .as_deref()
            .is_none_or(|to| day <= to.get(..day.len()).unwrap_or(to));
        after && before
    }
}

/// `text` filled up to a day with `month` and `day`; the last day may not exist (`-31`): it is only
/// compared, never shown.
fn edge(text: &str, month: &str, day: &str) -> Result<Option<String>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let Some(date) = crate::model::IsoDate::new(text).filter(|d| d.as_str().len() <= 10) else {
        return Err(format!(
            "`{text}` is not a date: write 2026, 2026-10 or 2026-10-31"
        ));
    };
    let date = date.as_str();
    Ok(Some(match date.len() {
        4 => format!("{date}{month}{day}"),
        7 => format!("{date}{day}"),
        _ => date.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_what_a_reader_means() {
        let holds = |range: &str, iso: &str| DateRange::parse(range).unwrap().holds(iso);
        assert!(holds("2026", "2026-10-12"));
        assert!(holds("2026-10", "2026-10"));
        assert!(
            holds("2026-10", "2026"),
            "a date known to the year may be in October"
        );
        assert!(holds("2026-10..", "2026-10-01T10:00"));
        assert!(holds("..2026-10", "2026-10-31"));
        assert!(holds("2026-10-01..2026-11-15", "2026-11-15"));
        assert!(!holds("2026-10-01..2026-11-15", "2026-11-16"));
        assert!(!holds("2026-10..", "2026-09-30"));
        assert!(!holds("2026", "2025-12-31"));
    }

    #[test]
    fn what_is_no_date_is_an_error() {
        for bad in ["..", "10/2026", "2026-13", "yesterday", "2026-12..2026-01"] {
            assert!(DateRange::parse(bad).is_err(), "{bad}");
        }
    }
}
