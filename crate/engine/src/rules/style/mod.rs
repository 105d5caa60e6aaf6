//! Matters of taste.

pub mod inline_suppression;
