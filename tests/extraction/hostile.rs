//! Texts made to hold the extraction up: the tests see that they come to an end, the bench how their time grows.

/// What such a text is nothing but.
pub const PARTS: [&str; 9] = [
    "\"",
    "'a",
    "(",
    "said, ",
    "and said ",
    "MR A: ",
    "the ",
    "A\n",
    "«「“",
];
