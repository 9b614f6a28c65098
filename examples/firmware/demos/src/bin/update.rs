//! An over-the-air update on a pump without a clock. The server's token says for which device an image is, and until
//! when it may be installed; the pump knows the time only as "not before this firmware was built". An accepted token
//! moves that bound, so that what was replayed too late is refused even without a clock.

#![no_std]
#![no_main]

use firmware_board::print_line;
use jwt_core::json::JsonValue;
use jwt_core::{Ed25519VerifyingKey, Now, NumericDate, UnverifiedToken, Validation};

firmware_board::program!(run);

/// The one key whose updates this device takes, burnt in.
const SERVER: &[u8] = include_bytes!("../../../data/ed25519.public");
const DEVICE: &str = "pump-7";
/// When this firmware was built. 64-bit seconds: the year 2038 is a year like others.
const BUILT: NumericDate = NumericDate::from_secs(1_790_000_000);

/// For a device that has a clock.
const STRICT: Validation<'static> =
    Validation::new().issuer("https://updates.example").audience(DEVICE).require(&["version", "sha256"]);
/// For one that has none: what the bound does not rule out is accepted.
const WITHOUT_CLOCK: Validation<'static> = STRICT.accept_unproven_time();

const TOKENS: [(&str, &str); 4] = [
    ("good", include_str!("../../../data/update-good.jwt")),
    ("other device", include_str!("../../../data/update-other-device.jwt")),
    ("expired", include_str!("../../../data/update-expired.jwt")),
    ("not yet", include_str!("../../../data/update-not-yet.jwt")),
];

fn run() -> bool {
    let Ok(server) = Ed25519VerifyingKey::from_bytes(SERVER) else { return false };
    for (what, token) in TOKENS {
        for (how, policy, now) in [
            ("clock", STRICT, Now::At(NumericDate::from_secs(1_796_000_000))),
            ("build date", STRICT, Now::AtLeast(BUILT)),
            ("build date, unproven accepted", WITHOUT_CLOCK, Now::AtLeast(BUILT)),
            ("nothing", STRICT, Now::Unknown),
            ("nothing, unproven accepted", WITHOUT_CLOCK, Now::Unknown),
        ] {
            let outcome = check(token, &server, &policy, now).map_or_else(|code| code, |_| "install");
            print_line(&[what, " by ", how, ": ", outcome]);
        }
    }
    let [(_, good), ..] = TOKENS;
    replay(good, &server).is_ok()
}

/// The bound moves to the time of issue of what was accepted; a later token moves it past the end of the first.
fn replay(token: &str, server: &Ed25519VerifyingKey) -> Result<(), &'static str> {
    let mut bound = BUILT;
    let issued = check(token, server, &WITHOUT_CLOCK, Now::AtLeast(bound))?;
    bound = bound.max(issued);
    print_line(&["the time of issue is the new bound: ", yes(bound > BUILT)]);
    let again = check(token, server, &WITHOUT_CLOCK, Now::AtLeast(bound));
    print_line(&["installed again: ", yes(again.is_ok())]);
    // As if another token, issued when this one had run out, had been accepted.
    bound = bound.max(NumericDate::from_secs(1_797_592_000));
    let late = check(token, server, &WITHOUT_CLOCK, Now::AtLeast(bound));
    print_line(&["replayed too late: ", late.map_or_else(|code| code, |_| "install")]);
    if late.is_err() { Ok(()) } else { Err("a replay was accepted") }
}

/// The time of issue, or the code of what is wrong.
fn check(
    token: &str,
    server: &Ed25519VerifyingKey,
    policy: &Validation<'_>,
    now: Now,
) -> Result<NumericDate, &'static str> {
    let mut scratch = [0; 320];
    let token = UnverifiedToken::parse(token).map_err(|error| error.code())?;
    let token = token.verify(server, &mut scratch).map_err(|error| error.code())?;
    let claims = token.validate(policy, now).map_err(|error| error.code())?;
    // With it the device asks for the image, and checks what it got.
    let Some(JsonValue::String(_)) = claims.get("version") else { return Err("version is no string") };
    claims.issued_at().ok_or("no time of issue")
}

fn yes(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}
