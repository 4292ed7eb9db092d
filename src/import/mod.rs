//! Annotations made elsewhere, or exported and come back, as passages of the statements that are loaded:
//! read, then found again. Must not alter the words of either, nor pass by what cannot be found.

pub mod anchor;
mod passages;
mod read;

pub use anchor::{Anchored, How};
pub use passages::{Finder, Found, Lost};
pub use read::{Annotation, Target, read};
