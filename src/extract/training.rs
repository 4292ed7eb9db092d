//! What `examples/train` needs of the library, and nothing else: the same eyes the taggers have at work.
//!
//! No part of the program may use this module.

pub use super::clusters::{Clusters, encode as encode_clusters};
pub use super::lookup::key;
