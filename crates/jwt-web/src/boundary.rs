//! What JavaScript calls: the functions of the crate, text in, text out.

use wasm_bindgen::prelude::wasm_bindgen;

/// See [`crate::inspect`].
#[wasm_bindgen]
pub fn inspect(request: &str) -> String {
    crate::inspect(request)
}

/// See [`crate::sign`].
#[wasm_bindgen]
pub fn sign(request: &str) -> String {
    crate::sign(request)
}

/// See [`crate::generate`].
#[wasm_bindgen]
pub fn generate(request: &str) -> String {
    crate::generate(request)
}

/// See [`crate::example`].
#[wasm_bindgen]
pub fn example(request: &str) -> String {
    crate::example(request)
}
