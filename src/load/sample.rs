//! The bundled statements: what the program opens with when given nothing to read.

/// Name and bytes of each file of `assets/sample`, sorted by name; `assets/NOTICE.md` tells origin
/// and licence of each.
pub static SAMPLE: &[(&str, &[u8])] = &[
    (
        "00-mofcom-export-controls.txt",
        include_bytes!("../../assets/sample/00-mofcom-export-controls.txt"),
    ),
    (
        "01-g7-taiwan-strait-2022-08-03.txt",
        include_bytes!("../../assets/sample/01-g7-taiwan-strait-2022-08-03.txt"),
    ),
    (
        "02-wikinews-mahan-air-ban-2019-01-23.txt",
        include_bytes!("../../assets/sample/02-wikinews-mahan-air-ban-2019-01-23.txt"),
    ),
    (
        "03-state-press-briefing-2021-06-29.txt",
        include_bytes!("../../assets/sample/03-state-press-briefing-2021-06-29.txt"),
    ),
    (
        "04-state-press-briefing-2021-07-12.txt.gz",
        include_bytes!("../../assets/sample/04-state-press-briefing-2021-07-12.txt.gz"),
    ),
    (
        "05-blinken-netanyahu-statements-2021-05-25.html",
        include_bytes!("../../assets/sample/05-blinken-netanyahu-statements-2021-05-25.html"),
    ),
    (
        "06-state-department-2021.jsonl",
        include_bytes!("../../assets/sample/06-state-department-2021.jsonl"),
    ),
    (
        "07-sherman-tracing-service-remarks-2021-07-13.md",
        include_bytes!("../../assets/sample/07-sherman-tracing-service-remarks-2021-07-13.md"),
    ),
    (
        "08-fomc-statement-2013-06-19.txt",
        include_bytes!("../../assets/sample/08-fomc-statement-2013-06-19.txt"),
    ),
    (
        "09-fomc-statement-2015-06-17.txt",
        include_bytes!("../../assets/sample/09-fomc-statement-2015-06-17.txt"),
    ),
    (
        "10-senator-lee-gun-rights-2013-03-28.json",
        include_bytes!("../../assets/sample/10-senator-lee-gun-rights-2013-03-28.json"),
    ),
    (
        "11-desantis-pay-freeze-2013-02-15.md",
        include_bytes!("../../assets/sample/11-desantis-pay-freeze-2013-02-15.md"),
    ),
    (
        "12-shimkus-balanced-budget-2013-03-21.txt",
        include_bytes!("../../assets/sample/12-shimkus-balanced-budget-2013-03-21.txt"),
    ),
    (
        "13-fudge-ryan-budget-2013-03-21.txt",
        include_bytes!("../../assets/sample/13-fudge-ryan-budget-2013-03-21.txt"),
    ),
    (
        "14-king-michaud-pingree-doma-2013-03-01.txt",
        include_bytes!("../../assets/sample/14-king-michaud-pingree-doma-2013-03-01.txt"),
    ),
    (
        "15-pclob-agenda-2014-08-07.md",
        include_bytes!("../../assets/sample/15-pclob-agenda-2014-08-07.md"),
    ),
    (
        "16-pclob-medine-resigns-2016-03-29.md",
        include_bytes!("../../assets/sample/16-pclob-medine-resigns-2016-03-29.md"),
    ),
    (
        "17-pclob-executive-director-2019-02-25.md",
        include_bytes!("../../assets/sample/17-pclob-executive-director-2019-02-25.md"),
    ),
    (
        "18-wikinews-bolton-ousted-2019-09-12.md",
        include_bytes!("../../assets/sample/18-wikinews-bolton-ousted-2019-09-12.md"),
    ),
    (
        "19-wikinews-rouhani-persian-gulf-2019-09-23.md",
        include_bytes!("../../assets/sample/19-wikinews-rouhani-persian-gulf-2019-09-23.md"),
    ),
    (
        "20-wikinews-uk-diplomatic-immunity-2019-10-10.md",
        include_bytes!("../../assets/sample/20-wikinews-uk-diplomatic-immunity-2019-10-10.md"),
    ),
    (
        "21-wikinews-hong-kong-bill-withdrawn-2019-09-06.txt",
        include_bytes!("../../assets/sample/21-wikinews-hong-kong-bill-withdrawn-2019-09-06.txt"),
    ),
    (
        "22-wikinews-2019.jsonl",
        include_bytes!("../../assets/sample/22-wikinews-2019.jsonl"),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_the_folder() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(
            names,
            SAMPLE
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .collect::<Vec<_>>()
        );
    }
}
