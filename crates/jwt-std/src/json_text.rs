//! JSON shown to people, as text: what a token says is never read into numbers and written again, so that it stays what it
//! was.

/// Drops the white space between the tokens of a valid JSON text.
///
/// ```
/// assert_eq!(jwt_std::json_text::compact("{ \"exp\" : 1.0 }"), "{\"exp\":1.0}");
/// ```
pub fn compact(json: &str) -> String {
    let mut compact = String::with_capacity(json.len());
    for_each_token(json, |token| compact.push_str(token));
    compact
}

/// Puts each member and element of a valid JSON text on a line of its own.
///
/// ```
/// assert_eq!(jwt_std::json_text::pretty("{\"exp\":1.0}"), "{\n  \"exp\": 1.0\n}");
/// ```
pub fn pretty(json: &str) -> String {
    let mut pretty = String::with_capacity(json.len() * 2);
    let (mut depth, mut last) = (0_usize, "");
    for_each_token(json, |token| {
        let closes = matches!(token, "}" | "]");
        if closes {
            depth = depth.saturating_sub(1);
        }
        let is_empty_pair = matches!((last, token), ("{", "}") | ("[", "]"));
        if !is_empty_pair && (closes || matches!(last, "{" | "[" | ",")) {
            pretty.push('\n');
            pretty.extend(std::iter::repeat_n("  ", depth));
        }
        pretty.push_str(token);
        match token {
            ":" => pretty.push(' '),
            "{" | "[" => depth += 1,
            _ => {}
        }
        last = token;
    });
    pretty
}

fn for_each_token<'a>(json: &'a str, mut visit: impl FnMut(&'a str)) {
    let mut rest = json.trim_start();
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            '"' => string_len(rest),
            _ => rest.find(|c: char| c.is_ascii_whitespace() || "{}[],:\"".contains(c)).unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at(len);
        visit(token);
        rest = behind.trim_start();
    }
}

/// The length of the string that `text` begins with, quotes included; all of it if the string does not end.
pub(crate) fn string_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_token() {
        let json = " { \"a b\" : [ 1.0 , 1e400, \"x\\\" } ,\" ] ,\n\"b\":{ } , \"c\" : [ ] }\n";
        assert_eq!(compact(json), r#"{"a b":[1.0,1e400,"x\" } ,"],"b":{},"c":[]}"#);
        assert_eq!(
            pretty(json),
            "{\n  \"a b\": [\n    1.0,\n    1e400,\n    \"x\\\" } ,\"\n  ],\n  \"b\": {},\n  \"c\": []\n}"
        );
        assert_eq!(compact(&pretty(json)), compact(json));
    }
}
