//! The identities of a store, gathered once for all its snapshots.

use super::{Aliases, Gathered, Identities};
use crate::model::Statement;
use crate::store::{Columns, Packed, Segment, Snapshot};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// While statements are still extracted, identities are gathered anew when their number grew by one in so many.
const GROWTH: usize = 8;

/// What was gathered last, and from how many extractions.
#[derive(Debug, Default)]
pub struct Cache {
    /// Text of the user's alias file.
    own: String,
    aliases: OnceLock<Aliases>,
    made: Mutex<Option<Made>>,
    /// Held while they are gathered: by one thread at a time, and `made` can be read meanwhile.
    gathering: Mutex<()>,
}

#[derive(Debug)]
struct Made {
    loaded: usize,
    extracted: usize,
    identities: Arc<Identities>,
}

impl Cache {
    /// With the text of the user's alias file.
    pub fn new(own: &str) -> Self {
        Self {
            own: own.to_owned(),
            ..Self::default()
        }
    }

    /// The identities of `snapshot`, as of now or of shortly before.
    pub fn get(&self, snapshot: &Snapshot) -> Arc<Identities> {
        if let Some(near) = self.near(snapshot) {
            return near;
        }
        let _gathering = lock(&self.gathering);
        // Another thread may have gathered them while this one waited.
        if let Some(near) = self.near(snapshot) {
            return near;
        }
        let (loaded, extracted) = (snapshot.len(), snapshot.extracted());
        if extracted == loaded {
            // The last time, and the most: two at once would take twice the memory.
            *lock(&self.made) = None;
        }
        let identities = Arc::new(self.gather(snapshot));
        *lock(&self.made) = Some(Made {
            loaded,
            extracted,
            identities: Arc::clone(&identities),
        });
        identities
    }

    /// Those gathered last, while they are as good as new.
    fn near(&self, snapshot: &Snapshot) -> Option<Arc<Identities>> {
        let (loaded, extracted) = (snapshot.len(), snapshot.extracted());
        let made = lock(&self.made);
        let made = made.as_ref()?;
        let whole = extracted == loaded && made.loaded == loaded;
        let fresh = made.extracted == extracted && made.loaded == loaded;
        let near = !whole && extracted <= made.extracted + made.extracted / GROWTH;
        (fresh || near && made.loaded <= loaded).then(|| Arc::clone(&made.identities))
    }

    fn gather(&self, snapshot: &Snapshot) -> Identities {
        let aliases = self.aliases.get_or_init(|| Aliases::with(&self.own));
        let mut gathered = Gathered::default();
        for (_, segment) in snapshot.segments() {
            for at in 0..segment.statements().len() {
                if let (Some(statement), Some(columns)) = read(segment, at) {
                    gathered.add(aliases, statement, &columns);
                }
            }
        }
        let mut identities = Identities::new(aliases, &gathered);
        drop(gathered);
        for (_, segment) in snapshot.segments() {
            for at in 0..segment.statements().len() {
                let voices = segment.packed(at).and_then(Packed::voices);
                let statement = segment.statements().get(at);
                let publisher = statement.and_then(|s| s.source.as_ref());
                let publisher = publisher.map(|s| s.value.as_str());
                identities.number(voices.as_ref(), publisher);
            }
        }
        identities
    }

    /// What was gathered last. Never waits for a gathering under way.
    pub fn last(&self) -> Option<Arc<Identities>> {
        let made = lock(&self.made);
        made.as_ref().map(|m| Arc::clone(&m.identities))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A statement with the speakers of its quotes.
fn read(segment: &Segment, at: usize) -> (Option<&Statement>, Option<Columns<'_>>) {
    let columns = segment.packed(at).and_then(Packed::quotes);
    (segment.statements().get(at), columns)
}
