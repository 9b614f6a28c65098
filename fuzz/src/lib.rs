//! Slow, plain references that the fuzz targets compare with.

pub mod decimal;
pub mod json;
