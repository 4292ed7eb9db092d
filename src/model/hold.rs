//! What keeps a statement from being published: its sender says that it is withheld or canceled, or
//! under embargo until some time.

use super::{IsoDate, Passage};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// So many statements are named when passages are left out.
const NAMED: usize = 3;

/// Why a statement may not be published yet, or at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// `withheld`, `canceled`, `embargoed`, or another status as given.
    pub why: String,
    /// When it ends, for an embargo; an embargo without a time that can be read does not end.
    pub until: Option<IsoDate>,
}

impl Hold {
    /// What a publication status means; `usable` and none hold nothing.
    #[must_use]
    pub fn of_status(status: &str) -> Option<Self> {
        let status = status.trim().to_lowercase();
        let status = status.rsplit([':', '/']).next().unwrap_or("");
        let why = match status {
            "" | "usable" => return None,
            "cancelled" => "canceled",
            other => other,
        };
        Some(Self {
            why: why.to_owned(),
            until: None,
        })
    }

    /// An embargo.
    #[must_use]
    pub fn embargo(until: Option<IsoDate>) -> Self {
        Self {
            why: "embargoed".into(),
            until,
        }
    }

    /// True while it keeps the statement from being published. A time without an offset is taken as
    /// late as it can be meant, a day as its end.
    #[must_use]
    pub fn stands(&self, now: Timestamp) -> bool {
        self.until
            .as_ref()
            .and_then(end)
            .is_none_or(|end| now < end)
    }
}

/// The moment an embargo ends at the latest.
fn end(until: &IsoDate) -> Option<Timestamp> {
    if let Ok(moment) = until.as_str().parse::<Timestamp>() {
        return Some(moment);
    }
    let day = until.day()?;
    let written = until.as_str().get(..19).or(until.as_str().get(..16));
    let last = written
        .and_then(|w| w.parse::<DateTime>().ok())
        .unwrap_or_else(|| day.at(23, 59, 59, 0));
    Offset::from_hours(-12).ok()?.to_timestamp(last).ok()
}

/// Keeps back passages of statements that may not be published, one at a time, and says which.
#[derive(Clone, Debug)]
pub struct Withheld {
    now: Timestamp,
    count: usize,
    why: BTreeSet<String>,
}

impl Withheld {
    /// At this moment.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            count: 0,
            why: BTreeSet::new(),
        }
    }

    /// False for a passage that is kept back.
    pub fn lets_through(&mut self, passage: &Passage) -> bool {
        let hold = passage.hold.as_ref().filter(|hold| hold.stands(self.now));
        let Some(hold) = hold else { return true };
        self.count += 1;
        self.why.insert(format!("{} ({hold})", passage.statement));
        false
    }

    /// What was kept back and why, each statement once; `None` when nothing was.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        let (count, named) = (self.count, self.named());
        (count > 0).then(|| {
            format!("{count} passages left out, their statements may not be published: {named}")
        })
    }

    /// The same in few words, for a line of the screen.
    #[must_use]
    pub fn told_in_short(&self) -> Option<String> {
        (self.count > 0).then(|| format!("left out {}: {}", self.count, self.named()))
    }

    fn named(&self) -> String {
        let named: Vec<&str> = self.why.iter().take(NAMED).map(String::as_str).collect();
        let mut named = named.join(", ");
        if self.why.len() > NAMED {
            named.push_str(&format!(" and {} more", self.why.len() - NAMED));
        }
        named
    }
}

impl fmt::Display for Hold {
    /// `embargoed until 2025-10-12 12:00`, `withheld`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)?;
        match &self.until {
            Some(until) => write!(f, " until {}", until.as_str().replace('T', " ")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_embargo_ends_when_its_time_has_come_and_a_status_does_not() {
        let now: Timestamp = "2025-10-12T12:00:00Z".parse().unwrap();
        let stands = |until: &str| Hold::embargo(IsoDate::new(until)).stands(now);
        for (until, held) in [
            ("2025-10-12T12:00:00Z", false),
            ("2025-10-12T12:00:01Z", true),
            ("2025-10-12T12:00:00-05:00", true),
            ("2025-10-12T12:00", true),
            ("2025-10-12T00:00", false),
            ("2025-10-12", true),
            ("2025-10-11", false),
            ("2025-10", true),
        ] {
            assert_eq!(stands(until), held, "{until}");
        }
        assert_eq!(Hold::of_status("stat:usable"), None);
        let withheld = Hold::of_status("stat:Withheld").unwrap();
        assert!(withheld.stands(now) && withheld.to_string() == "withheld");
        assert_eq!(Hold::of_status("cancelled").unwrap().why, "canceled");
    }
}
