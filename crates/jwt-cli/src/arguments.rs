//! The command line. The doc comments are the help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jwt_std::Algorithm;

use crate::examples;

const SOURCES: &str = "\
Where things come from:
  KEY     a path, `-` for standard input, or `env:NAME`; what it is, is seen
          from its content: OpenSSH, PEM, DER, certificate, JWK
  SECRET  literal text, `@FILE` (one trailing newline is dropped), `env:NAME`,
          `hex:…`, `b64:…`, `b64u:…`; other users of this machine can see a
          literal secret in the list of processes
  TOKEN, JSON  literal text, `@FILE`, or `-` for standard input; a token that is
          not in a file may be pasted with `Authorization: Bearer`, in quotes,
          or broken into lines

Exit status:
  0 valid or done, 1 the token is rejected, 2 usage,
  3 the key cannot be loaded or used, 4 input or output";

/// Sign, verify and look into JSON Web Tokens.
#[derive(Debug, Parser)]
#[command(name = "jwt", version, after_help = SOURCES, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a token from claims.
    #[command(after_help = with_sources(examples::SIGN))]
    Sign(SignArguments),
    /// Verify a token and print its payload; print nothing on standard output if it is rejected.
    #[command(after_help = with_sources(examples::VERIFY))]
    Verify(VerifyArguments),
    /// Decode a token WITHOUT verifying it, and warn of what is weak or wrong with it.
    #[command(after_help = examples::INSPECT)]
    Inspect(InspectArguments),
    /// Make a key, tell what a key file is, or write it in another form.
    #[command(after_help = examples::KEY)]
    Key(KeyArguments),
    /// Print the public keys of key files as a JWK Set, or fetch one.
    #[command(
        after_help = examples::JWKS,
        args_conflicts_with_subcommands = true,
        subcommand_negates_reqs = true
    )]
    Jwks {
        #[command(subcommand)]
        command: Option<JwksCommand>,
        /// Report errors and warnings as one JSON object.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: PassphraseChoice,
        /// Key files; each key is named by its own `kid`, else by its thumbprint.
        #[arg(value_name = "KEY", required = true, allow_hyphen_values = true)]
        keys: Vec<String>,
    },
    /// Run the tutorial, live, with keys made in a temporary folder.
    Demo,
    /// Serve the token debugger, a page for the browser, to this machine alone.
    #[cfg(feature = "debugger")]
    Debugger {
        /// Open it in the browser.
        #[arg(long)]
        open: bool,
    },
    /// Print the manual page of the command or of one of its commands, for `man -l -`.
    #[command(after_help = examples::MAN)]
    Man {
        /// A command, as in `jwt man key gen`.
        #[arg(value_name = "COMMAND")]
        command: Vec<String>,
    },
    /// Print the completion script of a shell.
    #[command(after_help = examples::COMPLETIONS)]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

fn with_sources(examples: &str) -> String {
    format!("{examples}\n\n{SOURCES}")
}

#[derive(Debug, Subcommand)]
pub(crate) enum JwksCommand {
    /// Fetch a JWK Set over HTTPS; list its keys, and those that are skipped, with the reason.
    Fetch(FetchArguments),
}

#[derive(Debug, Args)]
pub(crate) struct FetchArguments {
    /// Where it is, such as the `jwks_uri` of an issuer: HTTPS. No redirect is followed.
    pub(crate) url: String,
    /// File to write the keys to that can be used, as a JWK Set.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace a file that exists.
    #[arg(long)]
    pub(crate) force: bool,
    /// Trust servers whose certificate goes back to one of these, in PEM, and no others.
    #[arg(long, value_name = "FILE")]
    pub(crate) cacert: Option<PathBuf>,
    /// Seconds that it may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) timeout: u64,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The key to sign or verify with.
#[derive(Debug, Args)]
pub(crate) struct KeyChoice {
    #[command(flatten)]
    pub(crate) source: KeySource,
    #[command(flatten)]
    pub(crate) passphrase: PassphraseChoice,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct KeySource {
    /// Key file; for signing a private key, for verifying a public key, certificate or private key.
    #[arg(short, long, value_name = "KEY", allow_hyphen_values = true)]
    pub(crate) key: Option<String>,
    /// Secret of an HMAC algorithm.
    #[arg(short, long, value_name = "SECRET", allow_hyphen_values = true)]
    pub(crate) secret: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PassphraseChoice {
    /// Passphrase of an encrypted key file: literal text or `env:NAME`. Without it, a terminal is asked.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, conflicts_with = "passphrase_file")]
    pub(crate) passphrase: Option<String>,
    /// File with the passphrase; one trailing newline is dropped.
    #[arg(long, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct SignArguments {
    #[command(flatten)]
    pub(crate) key: KeyChoice,
    /// Algorithm; by default the key's own: HS256 for a secret, RS256 for an RSA key, the one of its curve or parameter
    /// set for every other key, a JWK's `alg`.
    #[arg(short, long)]
    pub(crate) alg: Option<Algorithm>,
    /// Name of the key, for the header's `kid`.
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) kid: Option<String>,
    /// A further header parameter; the value is JSON.
    #[arg(long, value_name = "NAME=JSON", allow_hyphen_values = true)]
    pub(crate) header: Vec<String>,
    /// The header's `typ`; an empty one leaves it out.
    #[arg(long, value_name = "TYPE", default_value = "JWT")]
    pub(crate) typ: String,
    /// A claim; the value is JSON, or text if it is not valid JSON.
    #[arg(long, value_name = "NAME=VALUE", allow_hyphen_values = true)]
    pub(crate) claim: Vec<String>,
    /// Issuer.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) iss: Option<String>,
    /// Subject.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) sub: Option<String>,
    /// Audience; several make a list.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) aud: Vec<String>,
    /// Identifier of the token.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) jti: Option<String>,
    /// Expiration time: `+15m` from now (s, m, h, d, w), seconds since 1970, or RFC 3339.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) exp: Option<String>,
    /// Time before which the token is not valid, written like `--exp`.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub(crate) nbf: Option<String>,
    /// Do not add the time of issue, `iat`.
    #[arg(long)]
    pub(crate) no_iat: bool,
    /// Report errors and warnings as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
    /// Claims, a JSON object.
    #[arg(value_name = "JSON|@FILE|-")]
    pub(crate) claims: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(crate) struct VerifyArguments {
    #[command(flatten)]
    pub(crate) key: KeyChoice,
    /// Algorithm to accept, and no other; several may be given. By default the key's own.
    #[arg(short, long)]
    pub(crate) alg: Vec<Algorithm>,
    /// Issuer to require.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) iss: Option<String>,
    /// Audience to require; of several, one must be named.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) aud: Vec<String>,
    /// Subject to require.
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) sub: Option<String>,
    /// Header `typ` to require.
    #[arg(long, value_name = "TYPE")]
    pub(crate) typ: Option<String>,
    /// Claim to require; several may be given.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(crate) require: Vec<String>,
    /// Seconds by which clocks may differ.
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    pub(crate) leeway: u64,
    /// Seconds for which a token is accepted after it was issued (`iat`).
    #[arg(long, value_name = "SECONDS")]
    pub(crate) max_age: Option<u64>,
    /// Verify as of this time, in seconds since 1970.
    #[arg(long, value_name = "UNIX", allow_hyphen_values = true)]
    pub(crate) now: Option<i64>,
    /// Accept a token that never expires.
    #[arg(long)]
    pub(crate) allow_missing_exp: bool,
    /// The payload is any bytes: check signature and header only, print the payload as it is.
    #[arg(
        long,
        conflicts_with_all = ["iss", "aud", "sub", "require", "leeway", "max_age", "now", "allow_missing_exp"]
    )]
    pub(crate) jws: bool,
    /// Header `kid` to require.
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    pub(crate) kid: Option<String>,
    /// Write each check to standard error: what came of it, what was found, what was wanted.
    #[arg(long)]
    pub(crate) explain: bool,
    /// Verify one token a line; print a line of JSON for each, in their order.
    #[arg(long, conflicts_with_all = ["jws", "explain"])]
    pub(crate) each_line: bool,
    /// Report an error as one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
    /// The token; by default standard input.
    #[arg(value_name = "TOKEN|@FILE|-")]
    pub(crate) token: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    /// Look at it as of this time, in seconds since 1970.
    #[arg(long, value_name = "UNIX", allow_hyphen_values = true)]
    pub(crate) now: Option<i64>,
    /// Print one JSON object.
    #[arg(long)]
    pub(crate) json: bool,
    /// The token; by default standard input.
    #[arg(value_name = "TOKEN|@FILE|-")]
    pub(crate) token: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct KeyArguments {
    #[command(subcommand)]
    pub(crate) command: KeyCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a key: a private key (PKCS#8 PEM) or, for an HMAC algorithm, a random secret.
    Gen {
        /// Algorithm that the key is for.
        #[arg(short, long, default_value_t = Algorithm::RS256)]
        alg: Algorithm,
        /// Length of an RSA modulus, in bits; 3072 unless told.
        #[arg(long, value_parser = clap::value_parser!(u16).range(2048..=8192))]
        bits: Option<u16>,
        /// File to write, readable by you alone; `FILE.pub` gets the public key. By default standard output.
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Replace files that exist.
        #[arg(long)]
        force: bool,
        /// Report errors and warnings as one JSON object.
        #[arg(long)]
        json: bool,
    },
    /// Write a key in another form.
    Convert {
        /// Form to write.
        #[arg(long, value_enum)]
        to: KeyFormat,
        /// Write the public key only.
        #[arg(long)]
        public: bool,
        /// File to write, a private key readable by you alone. By default standard output.
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Replace a file that exists.
        #[arg(long)]
        force: bool,
        /// Report errors and warnings as one JSON object.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: PassphraseChoice,
        /// Key file.
        #[arg(value_name = "KEY", allow_hyphen_values = true)]
        key: String,
    },
    /// Print the thumbprint of a key (RFC 7638, SHA-256).
    Thumbprint {
        /// Print it as a URI (RFC 9278).
        #[arg(long)]
        uri: bool,
        /// Report errors and warnings as one JSON object.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: PassphraseChoice,
        /// Key file.
        #[arg(value_name = "KEY", allow_hyphen_values = true)]
        key: String,
    },
    /// Tell what a key file is, and print its public key.
    Show {
        /// Print one JSON object.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        passphrase: PassphraseChoice,
        /// Key file.
        #[arg(value_name = "KEY", allow_hyphen_values = true)]
        key: String,
    },
}

/// The forms that keys are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum KeyFormat {
    /// PKCS#8, or SubjectPublicKeyInfo, as PEM.
    Pem,
    /// The same as DER.
    Der,
    /// As ssh-keygen writes it.
    Openssh,
    /// JSON Web Key.
    Jwk,
}
