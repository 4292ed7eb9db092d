//! JSON to a value, with the keys that stand twice in one object: the last of them counts, as in other programs,
//! and what stood under the first is lost, so that it must be told.

use super::format::Reason;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::fmt;

/// So many keys are named.
const NAMED: usize = 3;

/// Reads a text that is one value; gives what is to be told, if a key stands twice.
///
/// # Errors
/// What serde says of a text that is no JSON.
pub fn read(text: &str) -> serde_json::Result<(Value, Option<Reason>)> {
    let mut twice = Vec::new();
    let mut json = serde_json::Deserializer::from_str(text);
    let value = Reader(&mut twice).deserialize(&mut json)?;
    json.end()?;
    Ok((value, told(&twice)))
}

fn told(twice: &[String]) -> Option<Reason> {
    let named: Vec<String> = twice.iter().map(|key| format!("`{key}`")).collect();
    (!named.is_empty()).then(|| Reason {
        what: format!(
            "an object has {} twice: the last one counts",
            named.join(", ")
        ),
        remedy: "",
    })
}

/// Reads a value; keeps the first keys that stand twice.
struct Reader<'t>(&'t mut Vec<String>);

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Reader(self.0))? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = pairs.next_key::<String>()? {
            let value = pairs.next_value_seed(Reader(self.0))?;
            match map.entry(key) {
                Entry::Vacant(new) => {
                    new.insert(value);
                }
                Entry::Occupied(mut first) => {
                    if self.0.len() < NAMED && !self.0.contains(first.key()) {
                        self.0.push(first.key().clone());
                    }
                    first.insert(value);
                }
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_read_as_serde_reads_it(text in "[\\[\\]{},:\"a0-3.e \\\\un-]{0,40}") {
            let own = read(&text).ok().map(|(value, _)| value);
            prop_assert_eq!(own, serde_json::from_str::<Value>(&text).ok());
        }
    }

    #[test]
    fn keys_that_stand_twice_are_named_once() {
        let told = |text: &str| read(text).unwrap().1.map(|reason| reason.what);
        assert_eq!(told(r#"[{"a":1,"b":2},{"a":3}]"#), None);
        let twice = r#"{"x":{"a":1,"a":2,"a":3},"b":1,"b":2}"#;
        let what = "an object has `a`, `b` twice: the last one counts";
        assert_eq!(told(twice).as_deref(), Some(what));
    }
}
