//! Precision and recall, and how well a stated confidence holds.

/// Precision and recall from hits over predicted and hits over gold.
#[derive(Clone, Copy, Default)]
pub struct Ratio {
    pub hit_p: f64,
    pub predicted: f64,
    pub hit_r: f64,
    pub gold: f64,
}

impl Ratio {
    /// Precision, recall and F1, each 0..=1.
    pub fn prf(&self) -> [f64; 3] {
        let side = |hit: f64, n: f64, other: f64| {
            if n > 0.0 {
                hit / n
            } else {
                f64::from(u8::from(other == 0.0))
            }
        };
        let (p, r) = (
            side(self.hit_p, self.predicted, self.gold),
            side(self.hit_r, self.gold, self.predicted),
        );
        let f = if p + r > 0.0 {
            2.0 * p * r / (p + r)
        } else {
            0.0
        };
        [p, r, f]
    }

    pub fn print(&self, name: &str) {
        let [p, r, f] = self.prf().map(|x| 100.0 * x);
        println!(
            "  {name:<20} P {p:6.2}  R {r:6.2}  F1 {f:6.2}   (gold {}, pred {})",
            self.gold, self.predicted
        );
    }
}

/// How often what was said to be so sure was right, by tenths of confidence.
#[derive(Clone, Copy, Default)]
pub struct Reliability {
    /// Sum of confidence, right ones, all, by tenth.
    bins: [(f64, f64, f64); 10],
}

impl Reliability {
    pub fn add(&mut self, confidence: f64, right: bool) {
        let bin = &mut self.bins[((confidence * 10.0) as usize).min(9)];
        bin.0 += confidence;
        bin.1 += f64::from(u8::from(right));
        bin.2 += 1.0;
    }

    /// Expected calibration error: the mean distance between confidence and share of right ones.
    pub fn error(&self) -> f64 {
        let all: f64 = self.bins.iter().map(|b| b.2).sum();
        self.bins.iter().map(|b| (b.0 - b.1).abs()).sum::<f64>() / all.max(1.0)
    }

    pub fn print(&self, what: &str) {
        println!("confidence of {what}: said, right, how many");
        for (sum, right, n) in self.bins.iter().filter(|b| b.2 > 0.0) {
            println!("  {:.2}  {:.2}  {n}", sum / n, right / n);
        }
        println!("  expected calibration error {:.3}", self.error());
    }
}
