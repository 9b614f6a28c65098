//! Examples for the help texts. A test reads each as a command line.

pub(crate) const SIGN: &str = "\
Examples:
  jwt sign --key id_rsa --sub 4242 --exp +15m '{\"name\":\"Jessica\"}'
  jwt sign --secret env:JWT_SECRET --iss me --aud you --exp 2030-01-01T00:00:00Z
  jwt sign --key id --claim admin=true --claim 'roles=[\"a\",\"b\"]' --exp +1h @claims.json";

pub(crate) const VERIFY: &str = "\
Examples:
  jwt verify --key id_rsa.pub --iss me --aud you @token
  jwt verify --key jwks.json --explain 'Authorization: Bearer eyJ…'
  jwt verify --secret env:JWT_SECRET --each-line @tokens > results.jsonl
  jwt verify --key id.pub --now 1516239021 --leeway 30 --json -";

pub(crate) const INSPECT: &str = "\
Examples:
  jwt inspect eyJ…
  pbpaste | jwt inspect
  jwt inspect --json @token | jq '.warnings[].code'";

pub(crate) const KEY: &str = "\
Examples:
  jwt key gen --alg EdDSA --out id
  jwt key show --json cert.pem
  jwt key convert --to jwk --public id
  jwt key thumbprint --uri id.pub";

pub(crate) const JWKS: &str = "\
Examples:
  jwt jwks id.pub id_rsa.pub > jwks.json
  jwt jwks fetch https://issuer.example/.well-known/jwks.json --out jwks.json";

pub(crate) const MAN: &str = "\
Examples:
  jwt man | man -l -
  jwt man verify > jwt-verify.1";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  jwt completions bash > /etc/bash_completion.d/jwt
  jwt completions fish > ~/.config/fish/completions/jwt.fish";

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::arguments::Arguments;

    /// The words of a line of a shell, as far as the examples need it: single quotes, pipes and redirections.
    fn words(line: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (at, piece) in line.split('\'').enumerate() {
            if at % 2 == 1 {
                let joined = words.pop().unwrap_or_default() + piece;
                words.push(joined);
            } else {
                words.extend(piece.split(' ').map(str::to_owned));
            }
        }
        words.into_iter().filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn every_example_is_a_command_line() {
        let mut ran = 0;
        for text in [SIGN, VERIFY, INSPECT, KEY, JWKS, MAN, COMPLETIONS] {
            for line in text.lines().skip(1) {
                let words = words(line);
                let start = words.iter().position(|word| word == "jwt").unwrap();
                let end = words.iter().skip(start).position(|word| matches!(word.as_str(), "|" | ">"));
                let words = &words[start..end.map_or(words.len(), |end| start + end)];
                let parsed = Arguments::try_parse_from(words);
                assert!(parsed.is_ok(), "{line}: {parsed:?}");
                ran += 1;
            }
        }
        assert_eq!(ran, 20);
    }
}
