//! The tables of what malformed and hostile tokens must get, which library and command go through alike. Those at the edges
//! of time are left out: they stand beside property tests, and are the library's alone.

use crate::tokens::Rule;
use crate::{
    b64, base64url, compressed, crit, header_picks_algorithm, issuer_audience, json, none, oversized, parts,
    polyglots, signature, times,
};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    [
        parts::rules(),
        polyglots::rules(),
        oversized::rules(),
        base64url::rules(),
        none::rules(),
        header_picks_algorithm::rules(),
        crit::rules(),
        compressed::rules(),
        b64::rules(),
        json::rules(),
        times::rules(),
        issuer_audience::rules(),
        signature::rules(),
    ]
    .concat()
}
