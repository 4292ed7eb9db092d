//! The forms of an English verb: those given, the others by rule.

use super::Forms;

/// All forms of a verb given as base, or base and past, or base, past and participle.
pub fn conjugate(given: &[&str]) -> Vec<(String, Forms)> {
    let Some(&base) = given.first() else {
        return Vec::new();
    };
    let past = given
        .get(1)
        .map_or_else(|| regular_past(base), |p| (*p).to_owned());
    let participle = given
        .get(2)
        .map_or_else(|| past.clone(), |p| (*p).to_owned());
    // A doubled consonant in the past is doubled before -ing too (admitted, admitting).
    let doubled = past
        .strip_suffix("ed")
        .filter(|stem| stem.len() == base.len() + 1 && stem.starts_with(base));
    let ing = match doubled {
        Some(stem) => format!("{stem}ing"),
        None => ing(base),
    };
    vec![
        (base.to_owned(), Forms::BASE),
        (third(base), Forms::THIRD),
        (ing, Forms::ING),
        (past, Forms::PAST),
        (participle, Forms::PARTICIPLE),
    ]
}

fn ends_consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

/// With `-s`, as a verb of the third person and a noun of more than one.
pub fn third(base: &str) -> String {
    if base == "go" {
        return "goes".to_owned();
    }
    if let Some(stem) = ends_consonant_y(base) {
        return format!("{stem}ies");
    }
    let sibilant = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|s| base.ends_with(s));
    format!("{base}{}", if sibilant { "es" } else { "s" })
}

fn regular_past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match ends_consonant_y(base) {
        Some(stem) => format!("{stem}ied"),
        None => format!("{base}ed"),
    }
}

fn ing(base: &str) -> String {
    let doubles = matches!(base, "begin" | "bet" | "forget");
    if doubles {
        let last = base.chars().last().unwrap_or_default();
        return format!("{base}{last}ing");
    }
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
        _ => format!("{base}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_conjugated() {
        let forms =
            |given: &[&str]| -> Vec<String> { conjugate(given).into_iter().map(|f| f.0).collect() };
        assert_eq!(
            forms(&["say", "said"]),
            ["say", "says", "saying", "said", "said"]
        );
        assert_eq!(
            forms(&["urge"]),
            ["urge", "urges", "urging", "urged", "urged"]
        );
        assert_eq!(
            forms(&["deny"]),
            ["deny", "denies", "denying", "denied", "denied"]
        );
        assert_eq!(forms(&["admit", "admitted"])[2], "admitting");
        assert_eq!(
            forms(&["see", "saw", "seen"]),
            ["see", "sees", "seeing", "saw", "seen"]
        );
        assert_eq!(forms(&["stress"])[1], "stresses");
    }
}
