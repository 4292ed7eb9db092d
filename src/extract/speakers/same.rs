//! Whether two names can be one person's. Compares words alone; must not look at a text.

/// Whether two names, each as words with the surname last, can be one person's: an initial agrees with a
/// name, a middle name may be left out, a short form of a given name agrees with the long one.
pub fn agree(a: &[String], b: &[String]) -> bool {
    if a.last() != b.last() {
        return false;
    }
    // "Minister Le Drian" for Jean-Yves Le Drian.
    if a.ends_with(b) || b.ends_with(a) {
        return true;
    }
    match (a.split_last(), b.split_last()) {
        (Some((_, a)), Some((_, b))) => match (a.first(), b.first()) {
            (Some(x), Some(y)) => {
                given_agree(x, y)
                    && match (a.get(1), b.get(1)) {
                        (Some(x), Some(y)) => given_agree(x, y) || a.len() != b.len(),
                        _ => true,
                    }
            }
            _ => true,
        },
        _ => false,
    }
}

/// The only one of a list.
pub fn one(people: &[usize]) -> Option<usize> {
    match people {
        [one] => Some(*one),
        _ => None,
    }
}

fn given_agree(a: &str, b: &str) -> bool {
    let initial = |s: &str| s.trim_end_matches('.').chars().count() == 1;
    a == b || ((initial(a) || initial(b)) && a.chars().next() == b.chars().next())
}
