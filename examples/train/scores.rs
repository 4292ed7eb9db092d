//! Figures while training, and what is tuned on sentences left out: slopes, shifts.

/// Prints average precision, F1 and macro-F1 of scores whose positive half says yes.
pub fn print_binary(name: &str, scored: &[(f32, bool)]) {
    let mut sorted: Vec<&(f32, bool)> = scored.iter().collect();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positive = scored.iter().filter(|s| s.1).count() as f32;
    let (mut hits, mut average) = (0.0f32, 0.0f32);
    for (n, s) in sorted.iter().enumerate() {
        if s.1 {
            hits += 1.0;
            average += hits / (n as f32 + 1.0);
        }
    }
    let count = |yes: bool, said: bool| {
        let same = |s: &&(f32, bool)| s.1 == yes && (s.0 > 0.0) == said;
        scored.iter().filter(same).count() as f32
    };
    let f1 = |tp: f32, fp: f32, missed: f32| 2.0 * tp / (2.0 * tp + fp + missed).max(1.0);
    let yes = f1(count(true, true), count(false, true), count(true, false));
    let no = f1(count(false, false), count(true, false), count(false, true));
    println!(
        "  {name}: average precision {:.4}, F1 {yes:.4}, macro-F1 {:.4}",
        average / positive.max(1.0),
        (yes + no) / 2.0
    );
}

/// Slope and shift that make scores log odds, by Newton's steps on the likelihood (Platt 1999).
pub fn calibrated(scored: &[(f32, bool)]) -> (f32, f32) {
    let (mut slope, mut shift) = (1.0f64, 0.0f64);
    for _ in 0..50 {
        let (mut g0, mut g1, mut h00, mut h01, mut h11) = (0.0, 0.0, 1e-6, 0.0, 1e-6);
        for (s, y) in scored {
            let x = f64::from(*s);
            let p = 1.0 / (1.0 + (-(slope * x + shift)).exp());
            let (e, v) = (p - f64::from(u8::from(*y)), p * (1.0 - p));
            g0 += e * x;
            g1 += e;
            h00 += v * x * x;
            h01 += v * x;
            h11 += v;
        }
        let det = h00 * h11 - h01 * h01;
        slope -= (h11 * g0 - h01 * g1) / det;
        shift -= (h00 * g1 - h01 * g0) / det;
    }
    (slope as f32, shift as f32)
}

/// Shifts of the scores of the classes that give the best macro-F1 on what was left out, one class at a time; a shift has to
/// earn its keep.
pub fn shifts(scored: &[(Vec<f32>, usize)]) -> [f32; 5] {
    let mut best = [0.0f32; 5];
    for _ in 0..2 {
        for class in 1..5 {
            let mut top = (0.0, best[class]);
            for step in -8i8..=8 {
                let mut tried = best;
                tried[class] = f32::from(step) * 0.25;
                let gain = macro_f1(scored, &tried).0 - 0.0005 * tried[class].abs();
                if gain > top.0 {
                    top = (gain, tried[class]);
                }
            }
            best[class] = top.1;
        }
    }
    best
}

/// Macro-F1 and the F1 of each class, with shifted scores.
pub fn macro_f1(scored: &[(Vec<f32>, usize)], shifts: &[f32; 5]) -> (f32, [f32; 5]) {
    let (mut hit, mut said, mut gold) = ([0f32; 5], [0f32; 5], [0f32; 5]);
    for (scores, class) in scored {
        let shifted: Vec<f32> = scores.iter().zip(shifts).map(|(s, h)| s + h).collect();
        let first = (0..5)
            .max_by(|a, b| shifted[*a].total_cmp(&shifted[*b]))
            .unwrap_or(0);
        said[first] += 1.0;
        gold[*class] += 1.0;
        hit[first] += f32::from(u8::from(first == *class));
    }
    let f1: [f32; 5] = std::array::from_fn(|c| 2.0 * hit[c] / (said[c] + gold[c]).max(1.0));
    (f1.iter().sum::<f32>() / 5.0, f1)
}

/// Prints macro-F1 and the F1 of each class.
pub fn print_classes(name: &str, scored: &[(Vec<f32>, usize)]) {
    let (all, each) = macro_f1(scored, &[0.0; 5]);
    println!("  {name}: macro-F1 {all:.4} {each:.3?}");
}
