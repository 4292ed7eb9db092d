//! Speakers given the right sources: the documents of `tests/gold`, and small cases of the language.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use super::*;
use crate::extract::lexicon::Lexicon;
use crate::model::{Layout, Statement};
use crate::text::PointIndex;
use std::path::Path;

/// The speaker of each source, `[like this]`, of a marked-up text, in order.
fn speakers(marked: &str) -> Vec<(String, Option<String>)> {
    let mut text = String::new();
    let mut spans = Vec::new();
    for (i, part) in marked.split(['[', ']']).enumerate() {
        if i % 2 == 1 {
            spans.push(Span::new(text.len(), text.len() + part.len()));
        }
        text.push_str(part);
    }
    let lexicon = Lexicon::bundled();
    let doc = Document::new(&text, None, &lexicon);
    let names = Names::new(&doc);
    let mut memory = Memory::default();
    spans
        .into_iter()
        .map(|span| {
            resolve(&doc, &names, &mut memory, &[span], None)
                .map(|s| (s.name, s.on_behalf_of))
                .unwrap_or_default()
        })
        .collect()
}

#[track_caller]
fn resolves(marked: &str, expected: &[&str]) {
    let found: Vec<String> = speakers(marked).into_iter().map(|(name, _)| name).collect();
    assert_eq!(found, expected, "{marked}");
}

#[track_caller]
fn speaks_for(marked: &str, expected: &[Option<&str>]) {
    let found = speakers(marked);
    let found: Vec<Option<&str>> = found.iter().map(|(_, b)| b.as_deref()).collect();
    assert_eq!(found, expected, "{marked}");
}

#[test]
fn which_did_not_stand_for_a_whole_clause() {
    let clause = "Donald Trump withdrew the US from a treaty with Iran, [which] had been agreed.";
    resolves(clause, &[""]);
    resolves(
        "The Ministry of Foreign Affairs, [which] said so, left.",
        &["Ministry of Foreign Affairs"],
    );
    let counted = "The first two speakers, [who] said so, left.";
    resolves(counted, &["two speakers"]);
}

#[test]
fn a_name_loses_its_titles_and_a_surname_gains_its_given_name() {
    resolves(
        "[House Speaker Nancy Pelosi] said so. [Pelosi] added that. [Ms. Pelosi] left.",
        &["Nancy Pelosi"; 3],
    );
    resolves(
        "[The Vice President, Mike Pence,] said. [US Ambassador to Germany Richard Grenell] said.",
        &["Mike Pence", "Richard Grenell"],
    );
    resolves(
        "[Republican committee member Doug Collins of Georgia] said. [Steve Peers of the University of Essex] said.",
        &["Doug Collins", "Steve Peers"],
    );
    resolves(
        "[German Chancellor Angela Merkel's spokesperson, Steffen Seibert,] said. [Seibert] added.",
        &["Steffen Seibert", "Steffen Seibert"],
    );
    resolves(
        "[Ms. Okafor] said no. [Secretary Salazar] left.",
        &["Okafor", "Secretary Salazar"],
    );
}

#[test]
fn two_people_of_one_surname_stay_two() {
    resolves(
        "[Hillary Clinton] said so. Bill Clinton was there. [Bill Clinton] said no. [Hillary Clinton] left.",
        &["Hillary Clinton", "Bill Clinton", "Hillary Clinton"],
    );
}

#[test]
fn a_title_tells_two_of_one_surname_apart() {
    resolves(
        "Secretary Hillary Clinton met former President Bill Clinton. [Secretary Clinton] said so. [Mrs. Clinton] left.",
        &["Hillary Clinton", "Hillary Clinton"],
    );
}

#[test]
fn what_follows_an_announcement_is_the_issuer_s() {
    resolves(
        "Today, Senator John Barrasso delivered [the following] remarks. [Minister Jean-Yves Le Drian] spoke. [Minister Le Drian] left.",
        &["John Barrasso", "Jean-Yves Le Drian", "Jean-Yves Le Drian"],
    );
}

#[test]
fn several_stay_several() {
    resolves(
        "[Senate Whip Dick Durbin and Representative Adam Schiff] asked. [officials] agreed. [they] left.",
        &["Dick Durbin and Adam Schiff", "officials", "officials"],
    );
    // Only the second half was taken for the source.
    resolves(
        "Senate Whip Dick Durbin and [incoming chair Adam Schiff] both asked. Ann Lee of Yale and [contributor to Slate] wrote. Ann Lee left and [Dick Durbin] said.",
        &["Dick Durbin and Adam Schiff", "Ann Lee", "Dick Durbin"],
    );
    resolves(
        "[the UN Commission of Inquiry (COI) and human rights groups] reported.",
        &["UN Commission of Inquiry and human rights groups"],
    );
}

#[test]
fn a_pronoun_agrees_with_its_person() {
    resolves(
        "President Donald Trump met Nancy Pelosi. [She] said it went well. [He] denied it.",
        &["Nancy Pelosi", "Donald Trump"],
    );
    resolves(
        "[Secretary Salazar] admitted it. It reminds me of something Leo Tolstoy wrote. [He] wrote so.",
        &["Secretary Salazar", "Leo Tolstoy"],
    );
}

#[test]
fn an_office_stands_for_its_holder_and_a_document_for_its_author() {
    resolves(
        "President Donald Trump spoke. [The President] insists. [The Internal Revenue Service website] advises.",
        &["Donald Trump", "Internal Revenue Service"],
    );
    resolves(
        "On Thursday, the European Court of Justice (ECJ) ruled. According to [the ruling], it is so. [The ECJ] said.",
        &["European Court of Justice", "European Court of Justice"],
    );
}

#[test]
fn a_source_speaks_for_its_office_and_state() {
    speaks_for(
        "[China's commerce ministry] spoke. [a spokesperson for the ministry] said. [the spokesperson] added.",
        &[Some("China"); 3],
    );
    speaks_for(
        "[State Department spokesperson Ned Price] said. [German Chancellor Angela Merkel] said. [Ann Smith] said.",
        &[Some("State Department"), Some("Germany"), None],
    );
}

#[test]
fn given_the_sources_the_speakers_of_the_gold_documents_are_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let lexicon = Lexicon::bundled();
    let (mut right, mut all) = (0, 0);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    for path in files
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
    {
        let gold: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        if gold["layout"] == "transcript" {
            continue;
        }
        let text = std::fs::read_to_string(path.with_extension("txt")).unwrap();
        let points = PointIndex::new(&text);
        let doc = Document::new(&text, None, &lexicon);
        let names = Names::new(&doc);
        let mut memory = Memory::default();
        let layout = if gold["layout"] == "narrative" {
            Layout::Narrative
        } else {
            Layout::OneVoice
        };
        let mut statement = Statement::new("gold", &text);
        if let Some(title) = gold["title"].as_str() {
            statement.title = crate::model::Stated::given(title.to_owned());
        }
        let issuer = issuer(&statement, &doc, &names, layout);
        let mut quotes: Vec<_> = gold["quotes"].as_array().unwrap().iter().collect();
        quotes.sort_by_key(|q| q["source"][0][0].as_u64());
        for quote in quotes {
            let at = |i: usize| quote["source"][0][i].as_u64().map(|n| n as usize);
            let (Some(start), Some(end)) = (at(0), at(1)) else {
                continue;
            };
            let span = Span::new(points.byte(start), points.byte(end));
            let found = resolve(&doc, &names, &mut memory, &[span], issuer.as_ref());
            let name = found.map(|s| s.name).unwrap_or_default();
            all += 1;
            if quote["speaker"].as_str() == Some(&name) {
                right += 1;
            } else {
                println!(
                    "{}: {} -> {name}, not {}",
                    path.display(),
                    span.of(&text),
                    quote["speaker"]
                );
            }
        }
    }
    println!("{right} of {all}");
    assert!(right * 100 >= all * 95, "{right} of {all}");
}

#[test]
fn a_tweet_by_somebody_was_the_speaker() {
    resolves(
        "[A tweet on Monday by US Secretary of State Mike Pompeo] said so. [A statement by the group] said more.",
        &["Mike Pompeo", "statement by the group"],
    );
}

#[test]
fn the_president_of_another_country_was_the_one_named() {
    let text =
        "[President Eisenhower] spoke in April. [The President of the French Republic] said more.";
    resolves(
        text,
        &["President Eisenhower", "President of the French Republic"],
    );
    resolves(
        "[French President Emmanuel Macron] spoke. [The president of France] said more.",
        &["Emmanuel Macron", "Emmanuel Macron"],
    );
}

#[test]
fn a_statement_was_the_word_of_whoever_spoke_last() {
    let another =
        "[The Cuban government] said it would forbid the march. [This joint statement] says more.";
    resolves(another, &["Cuban government", "joint statement"]);
    let own = "[Karen Alley] wrote a letter on Monday. [The letter] says more.";
    resolves(own, &["Karen Alley", "Karen Alley"]);
}

#[test]
fn the_government_was_an_account_of_a_government() {
    resolves(
        "[An official government account] said so. [The government] said more.",
        &["official government account", "government"],
    );
}

#[test]
fn the_one_spoken_to_was_the_speaker() {
    resolves(
        "The prince, John Smith, denied it. [Speaking] to Martin Jones of PBS, [he] said so.",
        &["Speaking", "John Smith"],
    );
}

#[test]
fn a_name_in_apposition_was_left_for_its_description() {
    resolves("[a Republican, Mark Amodei,] said so.", &["Mark Amodei"]);
    resolves(
        "[the study's lead author, doctoral candidate Maninder Thind,] said so.",
        &["Maninder Thind"],
    );
    let several = "[many generals, including President Ulysses Grant,] said so.";
    resolves(several, &["many generals"]);
    resolves(
        "[Two objectors, Lawrence Joyce and William Graham,] said so.",
        &["Lawrence Joyce and William Graham"],
    );
}

#[test]
fn two_offices_of_one_were_two_speakers() {
    resolves(
        "[Tom Donohue, Chamber president and CEO,] said so.",
        &["Tom Donohue"],
    );
    resolves(
        "[NFIB President and CEO Dan Danner] said so.",
        &["Dan Danner"],
    );
    resolves(
        "[The president and Secretary of State John Kerry] said so.",
        &["president and John Kerry"],
    );
}

#[test]
fn and_in_the_name_of_a_body_parted_two_speakers() {
    resolves(
        "[Carl Hensman of the Bill and Melinda Gates Foundation] said so.",
        &["Carl Hensman"],
    );
    resolves(
        "[Jenn Orange (Jem and the Misfits)] said so.",
        &["Jenn Orange"],
    );
    resolves(
        "[Carl Hensman and Melinda Gates] said so.",
        &["Carl Hensman and Melinda Gates"],
    );
}

#[test]
fn somebody_spoke_for_himself() {
    speaks_for(
        "[Nikki Holland of the UK's National Crime Agency] said so.",
        &[Some("United Kingdom")],
    );
    speaks_for("[Michael Ahrens, a Rubio spokesman,] said so.", &[None]);
    speaks_for(
        "[Rashad Robinson, Color of Change's executive director,] said so.",
        &[Some("Color of Change")],
    );
}

#[test]
fn nobody_was_a_speaker() {
    resolves("[No member state] said so.", &[""]);
    resolves("[No 10] said so.", &["No 10"]);
    resolves("In [1953] it said so.", &[""]);
    resolves("[Today's] decision said so.", &[""]);
    resolves("[Day] said so.", &["Day"]);
    resolves(
        "[Each member] said so. [He] said more.",
        &["Each member", ""],
    );
}
