//! Load: two threads verify valid and hostile tokens with shared keys and with a JWK Set that is replaced now and then.
//! `cargo xtask soak` runs it. The argument is how many tokens.
//!
//! Each token is made with what must become of it, so that the counts must agree exactly.

use std::error::Error;
use std::sync::{Arc, RwLock};
use std::time::Instant;

use jwt_std::{
    Algorithm, DecodeError, Header, JwkSet, Key, Now, NumericDate, SigningKey, Validation, VerifyingKey,
    decode_at, encode,
};
use serde_json::{Value, json};

/// The clock of every token.
const NOW: i64 = 1_790_000_000;
const THREADS: usize = 2;
/// After so many tokens of a thread the set is replaced.
const ROTATION: usize = 5000;
const ALGORITHMS: [Algorithm; 5] =
    [Algorithm::HS256, Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA, Algorithm::PS256];
type Mangle = fn(&str) -> String;

/// What is done to a token, and the code of the error that it must get; "" is none.
const FATES: [(&str, Mangle); 12] = [
    ("", str::to_owned),
    ("", str::to_owned),
    ("", str::to_owned),
    ("invalid_signature", |token| changed(token, token.rfind('.').unwrap_or_default() + 5)),
    ("invalid_signature", |token| changed(token, token.find('.').unwrap_or_default() + 9)),
    ("expired", str::to_owned),
    ("audience_mismatch", str::to_owned),
    ("", |token| token.to_owned() + "="),
    ("", |token| token.rsplit_once('.').map_or("", |(front, _)| front).to_owned()),
    ("", |token| format!("{token}.{token}")),
    ("", |token| format!("eyJhbGciOiJub25lIn0{}", &token[token.find('.').unwrap_or_default()..])),
    ("", |token| token.replacen("ey", "e\u{0}y", 1)),
];
/// From here on a fate is that of a token which nobody could have made; its code is asked for once and must stay.
const MANGLED: usize = 7;

struct Sample {
    token: String,
    algorithm: usize,
    expected: String,
    by_set: bool,
}

struct Keys {
    verifying: Vec<VerifyingKey>,
    /// Two sets with the same keys and others beside them.
    texts: [String; 2],
    current: RwLock<Arc<JwkSet>>,
}

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<String>,
    nanos: Vec<u32>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let tokens: usize = std::env::args().nth(1).map_or(Ok(1_000_000), |count| count.parse())?;
    let (keys, samples) = make()?;
    let (keys, samples) = (Arc::new(keys), Arc::new(samples));
    let each = tokens / THREADS;
    // Room for all times from the beginning, so that what grows is the library's.
    let tallies: Vec<Tally> =
        (0..THREADS).map(|_| Tally { nanos: vec![1; each], ..Tally::default() }).collect();
    let start = Instant::now();
    let workers: Vec<_> = tallies
        .into_iter()
        .enumerate()
        .map(|(index, tally)| {
            let (keys, samples) = (Arc::clone(&keys), Arc::clone(&samples));
            std::thread::spawn(move || work(index, each, &keys, &samples, tally))
        })
        .collect();
    let mut all = Tally::default();
    let mut memory = [0, 0];
    for worker in workers {
        let (tally, [early, late]) = worker.join().map_err(|_| "a thread panicked")?;
        memory = [memory[0].max(early), memory[1].max(late)];
        all.right += tally.right;
        all.wrong.extend(tally.wrong);
        all.nanos.extend(tally.nanos);
    }
    let seconds = start.elapsed().as_secs_f64();
    all.nanos.sort_unstable();
    let at = |share: usize| f64::from(all.nanos[(all.nanos.len() - 1) * share / 1000]) / 1000.0;
    let total = each * THREADS;
    println!("soak: {total} tokens in {seconds:.1} s, {} as expected, {} not", all.right, all.wrong.len());
    println!("soak: p50 {:.1} us, p99 {:.1} us, p99.9 {:.1} us", at(500), at(990), at(999));
    println!("soak: memory {} KiB after a tenth, {} KiB at the end", memory[0], memory[1]);
    all.wrong.iter().take(5).for_each(|wrong| println!("soak: {wrong}"));
    if all.right != total || !all.wrong.is_empty() {
        return Err("not every token got what it must get".into());
    }
    // A heap that is used by two threads wavers; one that leaks a byte a token would grow by more in a long run.
    if memory[1] > memory[0] + 512 {
        return Err("memory grows".into());
    }
    Ok(())
}

/// Verifies `count` tokens; also returns the memory in use after a tenth of them, and at the end.
fn work(index: usize, count: usize, keys: &Keys, samples: &[Sample], mut tally: Tally) -> (Tally, [u64; 2]) {
    let mut memory = [0, 0];
    for turn in 0..count {
        // Both threads go through all samples, at different places.
        let sample = &samples[(turn * 7 + index * samples.len() / THREADS) % samples.len()];
        if turn % ROTATION == ROTATION - 1 {
            let set = JwkSet::parse(&keys.texts[turn / ROTATION % 2]).map(Arc::new);
            let mut current = keys.current.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            match set {
                Ok(set) => *current = set,
                Err(error) => tally.wrong.push(error.to_string()),
            }
        }
        let start = Instant::now();
        let found = verify(sample, keys);
        tally.nanos[turn] = u32::try_from(start.elapsed().as_nanos()).unwrap_or(u32::MAX);
        if found == sample.expected {
            tally.right += 1;
        } else if tally.wrong.len() < 100 {
            tally.wrong.push(format!("{:?} instead of {:?}: {}", found, sample.expected, sample.token));
        }
        if turn == count / 10 {
            memory[0] = resident();
        }
    }
    memory[1] = resident();
    (tally, memory)
}

/// The code of the error, or "".
fn verify(sample: &Sample, keys: &Keys) -> String {
    let policy = Validation::new().audience("pump-7");
    let now = Now::At(NumericDate::from_secs(NOW));
    let result: Result<_, DecodeError> = if sample.by_set {
        let current = Arc::clone(&keys.current.read().unwrap_or_else(std::sync::PoisonError::into_inner));
        current.decode_at::<Value>(&sample.token, &ALGORITHMS, &policy, now)
    } else {
        decode_at::<Value>(&sample.token, &keys.verifying[sample.algorithm], &policy, now)
    };
    match result {
        Ok(data) if data.claims["aud"] == "pump-7" => String::new(),
        Ok(data) => format!("claims {}", data.claims),
        Err(error) => error.code().to_owned(),
    }
}

fn make() -> Result<(Keys, Vec<Sample>), Box<dyn Error>> {
    let mut keys: Vec<Key> = Vec::new();
    for algorithm in ALGORITHMS {
        keys.push(Key::generate(algorithm, algorithm.is_rsa().then_some(2048))?);
    }
    let mut signing: Vec<SigningKey> = Vec::new();
    for (key, algorithm) in keys.iter().zip(ALGORITHMS) {
        signing.push(key.signing_key(algorithm)?);
    }
    let verifying = signing.iter().map(SigningKey::verifying_key).collect();
    let mut samples = Vec::new();
    for (algorithm, key) in signing.iter().enumerate() {
        for (code, mangle) in FATES {
            for number in 0..8 {
                let by_set = number % 2 == 1 && algorithm != 0;
                let exp = if code == "expired" { NOW } else { NOW + 900 };
                let aud = if code == "audience_mismatch" { "pump-8" } else { "pump-7" };
                let claims =
                    json!({ "sub": number.to_string(), "aud": aud, "exp": exp, "n": "x".repeat(number * 9) });
                let header = Header::default().kid(NAMES[algorithm]);
                let token = mangle(&encode(&header, &claims, key)?);
                samples.push(Sample { token, algorithm, expected: code.to_owned(), by_set });
            }
        }
    }
    let set = |extra: &[Key]| -> Result<String, Box<dyn Error>> {
        let mut texts = Vec::new();
        for (key, kid) in keys.iter().zip(NAMES).skip(1).chain(extra.iter().zip(["new", "newer"])) {
            let mut jwk: Value = serde_json::from_str(&key.to_jwk(false)?.to_json())?;
            jwk["kid"] = kid.into();
            texts.push(jwk);
        }
        Ok(json!({ "keys": texts }).to_string())
    };
    let more = [Key::generate(Algorithm::EdDSA, None)?, Key::generate(Algorithm::ES256, None)?];
    let texts = [set(&[])?, set(&more)?];
    let current = RwLock::new(Arc::new(JwkSet::parse(&texts[1])?));
    let keys = Keys { verifying, texts, current };
    // What nobody could have made is refused, with whichever code; the same one every time.
    for (index, sample) in samples.iter_mut().enumerate() {
        if (index / 8) % FATES.len() >= MANGLED {
            sample.expected = verify(sample, &keys);
            if sample.expected.is_empty() {
                return Err(format!("accepted: {}", sample.token).into());
            }
        }
    }
    Ok((keys, samples))
}

const NAMES: [&str; 5] = ["a", "b", "c", "d", "e"];

/// Another character of base64url at this place.
fn changed(token: &str, at: usize) -> String {
    let mut characters: Vec<char> = token.chars().collect();
    characters[at] = if characters[at] == 'A' { 'B' } else { 'A' };
    characters.into_iter().collect()
}

/// Resident memory in KiB; zero where the system does not say.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
