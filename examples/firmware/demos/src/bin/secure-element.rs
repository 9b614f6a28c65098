//! A private key that never leaves its chip. The element hangs on a slow bus that fails at times; `jwt-core` reaches it
//! through `Signer` and `Verifier`, or hands out what is to be signed and takes the signature later.

#![no_std]
#![no_main]

use core::cell::{Cell, RefCell};

use firmware_board::print_line;
use jwt_core::{
    Algorithm, EcdsaSigningKey, Es256, Header, InvalidSignature, JsonClaims, Now, NumericDate, SignError,
    Signer, UnverifiedToken, Validation, Verifier, begin_sign,
};

use bus::{Bus, Fault, Step};

firmware_board::program!(run);

const CLAIMS: JsonClaims<'static> = JsonClaims(r#"{"sub":"pump-7","exp":4102444800}"#);
const POLICY: Validation<'static> = Validation::new().subject("pump-7");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

/// The driver of the element.
struct Element {
    bus: RefCell<Bus>,
    /// Why the last command failed: more than fits the number that the token layer passes on.
    cause: Cell<Option<Fault>>,
}

impl Element {
    fn new(script: &'static [Step]) -> Option<Self> {
        Some(Self { bus: RefCell::new(Bus::new(script)?), cause: Cell::new(None) })
    }

    /// Sends the command and asks until the answer is there, within bounds.
    fn exchange(&self, command: u8, data: &[u8], answer: &mut [u8]) -> Result<usize, Fault> {
        let mut bus = self.bus.try_borrow_mut().map_err(|_| Fault::Busy)?;
        bus.send(command, data)?;
        for _ in 0..POLLS {
            match bus.poll(answer) {
                Err(Fault::Busy) => {}
                done => return done,
            }
        }
        Err(Fault::Timeout)
    }

    /// A command that got lost is sent again; one that was refused is not.
    fn command(&self, command: u8, data: &[u8], answer: &mut [u8]) -> Result<usize, Fault> {
        let mut outcome = self.exchange(command, data, answer);
        for _ in 0..RETRIES {
            if !matches!(outcome, Err(Fault::NoAcknowledge)) {
                break;
            }
            outcome = self.exchange(command, data, answer);
        }
        self.cause.set(outcome.err());
        outcome
    }
}

const POLLS: usize = 50;
const RETRIES: usize = 2;

impl Signer for Element {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }

    fn signature_len(&self) -> usize {
        64
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        self.command(bus::SIGN, signing_input, out).map_err(|fault| SignError::Device { code: fault.code() })
    }
}

impl Verifier for Element {
    fn algorithm(&self) -> Algorithm {
        Algorithm::ES256
    }

    /// The signature goes first, then what it is over. A chip that does not answer has not said yes.
    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        let mut answer = [0; 1];
        self.command(bus::LOAD, signature, &mut []).map_err(|_| InvalidSignature)?;
        self.command(bus::VERIFY, signing_input, &mut answer).map_err(|_| InvalidSignature)?;
        if answer == [1] { Ok(()) } else { Err(InvalidSignature) }
    }
}

fn run() -> bool {
    let scripts: [(&str, &'static [Step]); 6] = [
        ("a slow chip", &[Step::Slow(20)]),
        ("a lost command", &[Step::Lost, Step::Slow(3)]),
        ("a dead bus", &[Step::Lost, Step::Lost, Step::Lost]),
        ("a chip that never ends", &[Step::Slow(usize::MAX)]),
        ("a locked key", &[Step::Refused]),
        ("half a signature", &[Step::Short]),
    ];
    scripts.iter().all(|(what, script)| sign(what, script)) && split() && verify_over_a_bad_bus()
}

/// In one call: the driver blocks.
fn sign(what: &str, script: &'static [Step]) -> bool {
    let Some(element) = Element::new(script) else { return false };
    let mut out = [0xaa; 256];
    let signed = jwt_core::sign(&Header::new().kid("slot-0"), &CLAIMS, &element, &mut out);
    match signed.map(str::len) {
        Ok(_) => {
            print_line(&[what, ": signed, ", if verifies(&out, &element) { "valid" } else { "refused" }]);
            true
        }
        Err(error) => {
            let cause = element.cause.get().map_or("none", Fault::name);
            let is_left = out.iter().any(|byte| !matches!(byte, 0 | 0xaa));
            let left = if is_left { "something" } else { "nothing" };
            print_line(&[what, ": ", error.code(), ", cause: ", cause, ", left in the buffer: ", left]);
            left == "nothing"
        }
    }
}

/// In two steps: between them the firmware does what it likes, feeds its watchdog, or sleeps until the interrupt.
fn split() -> bool {
    let mut out = [0; 256];
    let Ok(pending) = begin_sign(&Header::new().kid("slot-0"), &CLAIMS, Algorithm::ES256, &mut out) else {
        return false;
    };
    let Some(mut bus) = Bus::new(&[Step::Slow(3)]) else { return false };
    if bus.send(bus::SIGN, pending.signing_input()).is_err() {
        return false;
    }
    let mut signature = [0; 64];
    let mut waits: u8 = b'0';
    while bus.poll(&mut signature) == Err(Fault::Busy) {
        waits += 1;
    }
    let signed = pending.finish(&signature).is_ok();
    let waits = [waits];
    print_line(&[
        "in two steps: ",
        core::str::from_utf8(&waits).unwrap_or_default(),
        " waits, ",
        yes(signed),
    ]);

    // A pending token that is given up takes its bytes along.
    let mut out = [0; 256];
    let pending = begin_sign(&Header::new(), &CLAIMS, Algorithm::ES256, &mut out).map(drop);
    let wiped = out.iter().all(|byte| *byte == 0);
    print_line(&["given up: ", if wiped { "nothing" } else { "something" }, " left in the buffer"]);
    signed && pending.is_ok() && wiped
}

fn verify_over_a_bad_bus() -> bool {
    let mut out = [0; 256];
    let Some(good) = Element::new(&[Step::Slow(1)]) else { return false };
    if jwt_core::sign(&Header::new(), &CLAIMS, &good, &mut out).is_err() {
        return false;
    }
    let Some(dead) = Element::new(&[Step::Lost, Step::Lost, Step::Lost]) else { return false };
    let refused = !verifies(&out, &dead);
    print_line(&["verified over a dead bus: ", if refused { "refused" } else { "accepted" }]);
    refused
}

fn verifies(buffer: &[u8], element: &Element) -> bool {
    let end = buffer.iter().position(|byte| !byte.is_ascii_graphic()).unwrap_or(buffer.len());
    let mut scratch = [0; 256];
    let token = UnverifiedToken::parse(buffer.get(..end).unwrap_or_default());
    token
        .ok()
        .and_then(|token| token.verify(element, &mut scratch).ok())
        .is_some_and(|token| token.validate(&POLICY, NOW).is_ok())
}

fn yes(holds: bool) -> &'static str {
    if holds { "signed" } else { "not signed" }
}

/// The simulated bus, and the chip at its end.
mod bus {
    use super::{EcdsaSigningKey, Es256, Signer as _, Verifier as _};

    pub(crate) const SIGN: u8 = 0x41;
    pub(crate) const LOAD: u8 = 0x42;
    pub(crate) const VERIFY: u8 = 0x45;

    /// What goes wrong with a command; after the last step nothing does.
    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Step {
        /// Answers after so many polls.
        Slow(usize),
        /// Nobody acknowledges.
        Lost,
        /// The chip says no.
        Refused,
        /// The answer breaks off.
        Short,
    }

    #[derive(Clone, Copy, PartialEq, Eq)]
    pub(crate) enum Fault {
        NoAcknowledge,
        Busy,
        Timeout,
        Refused,
    }

    impl Fault {
        pub(crate) const fn code(self) -> u32 {
            match self {
                Self::NoAcknowledge => 1,
                Self::Busy => 2,
                Self::Timeout => 3,
                Self::Refused => 0x6985,
            }
        }

        pub(crate) const fn name(self) -> &'static str {
            match self {
                Self::NoAcknowledge => "no acknowledge",
                Self::Busy => "busy",
                Self::Timeout => "timeout",
                Self::Refused => "refused",
            }
        }
    }

    /// The pretended chip signs in software.
    pub(crate) struct Bus {
        key: EcdsaSigningKey<Es256>,
        script: &'static [Step],
        waits: usize,
        short: bool,
        answer: [u8; 64],
        len: usize,
        loaded: [u8; 64],
    }

    impl Bus {
        pub(crate) fn new(script: &'static [Step]) -> Option<Self> {
            let key = EcdsaSigningKey::from_bytes(include_bytes!("../../../data/es256.scalar")).ok()?;
            Some(Self { key, script, waits: 0, short: false, answer: [0; 64], len: 0, loaded: [0; 64] })
        }

        pub(crate) fn send(&mut self, command: u8, data: &[u8]) -> Result<(), Fault> {
            (self.waits, self.short) = (0, false);
            if let Some((step, rest)) = self.script.split_first() {
                self.script = rest;
                match *step {
                    Step::Slow(polls) => self.waits = polls,
                    Step::Lost => return Err(Fault::NoAcknowledge),
                    Step::Refused => return Err(Fault::Refused),
                    Step::Short => self.short = true,
                }
            }
            self.len = match command {
                SIGN => self.key.sign(data, &mut self.answer).map_err(|_| Fault::Refused)?,
                LOAD => {
                    self.loaded = *data.first_chunk().ok_or(Fault::Refused)?;
                    0
                }
                VERIFY => {
                    let good = self.key.verifying_key().verify(data, &self.loaded).is_ok();
                    self.answer[0] = u8::from(good);
                    1
                }
                _ => return Err(Fault::Refused),
            };
            Ok(())
        }

        pub(crate) fn poll(&mut self, answer: &mut [u8]) -> Result<usize, Fault> {
            if self.waits > 0 {
                self.waits -= 1;
                return Err(Fault::Busy);
            }
            let len = if self.short { self.len / 2 } else { self.len };
            let (Some(to), Some(from)) = (answer.get_mut(..len), self.answer.get(..len)) else {
                return Err(Fault::Refused);
            };
            to.copy_from_slice(from);
            Ok(len)
        }
    }
}
