//! A cursor in a list longer than its window. Pure arithmetic over rows.

/// Which row is selected and which is the first shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll {
    /// The row under the cursor.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
}

impl Scroll {
    /// Moves the cursor by `rows` (negative: up), stopping at the ends of `len` rows.
    pub fn step(&mut self, rows: isize, len: usize) {
        self.selected = self
            .selected
            .saturating_add_signed(rows)
            .min(len.saturating_sub(1));
    }

    /// Brings cursor and window in order for `len` rows of which `height` are shown.
    pub fn fit(&mut self, len: usize, height: usize) {
        let height = height.max(1);
        self.selected = self.selected.min(len.saturating_sub(1));
        self.top = self.top.min(len.saturating_sub(height));
        self.top = self
            .top
            .clamp((self.selected + 1).saturating_sub(height), self.selected);
    }

    /// Puts the cursor on `row` and shows it in the middle of `height` rows when it is not shown.
    pub fn reveal(&mut self, row: usize, len: usize, height: usize) {
        self.selected = row;
        if row < self.top || row >= self.top + height {
            self.top = row.saturating_sub(height / 2);
        }
        self.fit(len, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_cursor_is_always_shown(steps in proptest::collection::vec(-9isize..9, 0..40), len in 0usize..50, height in 0usize..20) {
            let mut scroll = Scroll::default();
            for step in steps {
                scroll.step(step, len);
                scroll.fit(len, height);
                prop_assert!(scroll.selected < len.max(1));
                prop_assert!(scroll.top <= scroll.selected && scroll.selected < scroll.top + height.max(1));
            }
        }
    }
}
