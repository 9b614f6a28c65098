//! What registered names mean: the JSON Web Token Claims registry, and the header parameters of JWS.

/// A registered name.
#[derive(Debug)]
pub(super) struct Meaning {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    pub(super) source: &'static str,
    /// Whether its number is a time, in seconds since 1970.
    pub(super) is_time: bool,
}

const fn is(name: &'static str, title: &'static str, text: &'static str, source: &'static str) -> Meaning {
    Meaning { name, title, text, source, is_time: false }
}

const fn time(name: &'static str, title: &'static str, text: &'static str, source: &'static str) -> Meaning {
    Meaning { name, title, text, source, is_time: true }
}

const PROFILE: &str = "OpenID Connect Core §5.1";

/// The claims.
pub(super) const CLAIMS: &[Meaning] = &[
    is("iss", "Issuer", "Who made the token", "RFC 7519 §4.1.1"),
    is("sub", "Subject", "Whom or what the token is about", "RFC 7519 §4.1.2"),
    is("aud", "Audience", "Whom the token is for; everybody else must refuse it", "RFC 7519 §4.1.3"),
    time("exp", "Expires", "From this time on the token must be refused", "RFC 7519 §4.1.4"),
    time("nbf", "Not before", "Before this time the token must be refused", "RFC 7519 §4.1.5"),
    time("iat", "Issued at", "When the token was made", "RFC 7519 §4.1.6"),
    is("jti", "Token ID", "The token's own name, by which a replay is noticed", "RFC 7519 §4.1.7"),
    // OpenID Connect.
    time("auth_time", "Authenticated at", "When the user last proved who they are", "OpenID Connect Core §2"),
    is("nonce", "Nonce", "Ties the token to one login request", "OpenID Connect Core §2"),
    is("acr", "Authentication class", "How strong the authentication was", "OpenID Connect Core §2"),
    is(
        "amr",
        "Authentication methods",
        "How the user proved who they are",
        "OpenID Connect Core §2, RFC 8176",
    ),
    is("azp", "Authorized party", "The client that the token was issued to", "OpenID Connect Core §2"),
    is(
        "at_hash",
        "Access token hash",
        "Ties an ID token to its access token",
        "OpenID Connect Core §3.1.3.6",
    ),
    is("c_hash", "Code hash", "Ties an ID token to its authorization code", "OpenID Connect Core §3.3.2.11"),
    is("s_hash", "State hash", "Ties an ID token to the state of its request", "FAPI 1.0 Part 2 §5.1"),
    is("sid", "Session ID", "The user's session at the issuer", "OpenID Connect Front-Channel Logout §3"),
    is("sub_jwk", "Subject's key", "The key of a self-issued token", "OpenID Connect Core §7.4"),
    is("name", "Name", "The full name", PROFILE),
    is("given_name", "Given name", "The first names", PROFILE),
    is("family_name", "Family name", "The last names", PROFILE),
    is("middle_name", "Middle name", "The middle names", PROFILE),
    is("nickname", "Nickname", "The casual name", PROFILE),
    is("preferred_username", "User name", "The name the user wants to go by; it may change hands", PROFILE),
    is("profile", "Profile", "The address of a profile page", PROFILE),
    is("picture", "Picture", "The address of a picture", PROFILE),
    is("website", "Website", "The address of a web page or blog", PROFILE),
    is("email", "E-mail", "The e-mail address; it may change hands", PROFILE),
    is("email_verified", "E-mail verified", "Whether the issuer knows the address to be the user's", PROFILE),
    is("gender", "Gender", "The gender", PROFILE),
    is("birthdate", "Birth date", "YYYY-MM-DD; the year 0000 stands for none", PROFILE),
    is("zoneinfo", "Time zone", "A name such as Europe/Paris", PROFILE),
    is("locale", "Language", "A language tag such as en-US", PROFILE),
    is("phone_number", "Phone number", "Best with country code", PROFILE),
    is(
        "phone_number_verified",
        "Phone verified",
        "Whether the issuer knows the number to be the user's",
        PROFILE,
    ),
    is("address", "Address", "The postal address", "OpenID Connect Core §5.1.1"),
    time("updated_at", "Updated at", "When these details last changed", PROFILE),
    is("_claim_names", "Claim names", "Which claims are to be had elsewhere", "OpenID Connect Core §5.6.2"),
    is("_claim_sources", "Claim sources", "Where those claims are to be had", "OpenID Connect Core §5.6.2"),
    // OAuth 2.0 and what builds on it.
    is("client_id", "Client", "The client that asked for the token", "RFC 8693 §4.3"),
    is("scope", "Scope", "What the token permits, words with blanks between them", "RFC 8693 §4.2"),
    is("act", "Actor", "Who acts for the subject", "RFC 8693 §4.1"),
    is("may_act", "May act", "Who may act for the subject", "RFC 8693 §4.4"),
    is(
        "authorization_details",
        "Authorization details",
        "What the token permits, in detail",
        "RFC 9396 §9.1",
    ),
    is("roles", "Roles", "The subject's roles", "RFC 9068 §2.2.3.1"),
    is("groups", "Groups", "The subject's groups", "RFC 9068 §2.2.3.1"),
    is("entitlements", "Entitlements", "What the subject is entitled to", "RFC 9068 §2.2.3.1"),
    is("cnf", "Confirmation", "The key that whoever presents the token must prove to have", "RFC 7800 §3.1"),
    is("htm", "HTTP method", "The method of the request that this proof is for", "RFC 9449 §4.2"),
    is("htu", "HTTP URI", "The address of the request that this proof is for", "RFC 9449 §4.2"),
    is("ath", "Access token hash", "The access token that this proof goes with", "RFC 9449 §4.2"),
    is("events", "Events", "What happened", "RFC 8417 §2.2"),
    time("toe", "Time of event", "When it happened", "RFC 8417 §2.2"),
    is("txn", "Transaction", "The transaction that the token belongs to", "RFC 8417 §2.2"),
    is("vc", "Credential", "A verifiable credential", "W3C VC Data Model 1.1 §6.3.1"),
    is("vp", "Presentation", "A verifiable presentation", "W3C VC Data Model 1.1 §6.3.1"),
];

/// The parameters of a header.
pub(super) const HEADER: &[Meaning] = &[
    is("alg", "Algorithm", "How the token says that it is signed; the key decides", "RFC 7515 §4.1.1"),
    is("typ", "Type", "The media type of the token", "RFC 7515 §4.1.9"),
    is("cty", "Content type", "The media type of the payload", "RFC 7515 §4.1.10"),
    is("kid", "Key ID", "The name of the key", "RFC 7515 §4.1.4"),
    is("jku", "JWK Set URL", "Where the key is said to be; never followed", "RFC 7515 §4.1.2"),
    is("jwk", "JSON Web Key", "A key that the sender chose; never trusted", "RFC 7515 §4.1.3"),
    is("x5u", "X.509 URL", "Where a certificate is said to be; never followed", "RFC 7515 §4.1.5"),
    is("x5c", "Certificate chain", "Certificates that the sender chose; never trusted", "RFC 7515 §4.1.6"),
    is("x5t", "Certificate thumbprint", "Names a certificate, by SHA-1", "RFC 7515 §4.1.7"),
    is("x5t#S256", "Certificate thumbprint", "Names a certificate, by SHA-256", "RFC 7515 §4.1.8"),
    is("crit", "Critical", "Extensions that a verifier must know or refuse", "RFC 7515 §4.1.11"),
    is("b64", "Base64url payload", "Whether the payload is encoded", "RFC 7797 §3"),
    is("enc", "Encryption", "Only in encrypted tokens (JWE)", "RFC 7516 §4.1.2"),
    is("zip", "Compression", "Only in encrypted tokens (JWE)", "RFC 7516 §4.1.3"),
    is("nonce", "Nonce", "A number of the server's, against replay", "RFC 8555 §6.5.2"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once() {
        for table in [CLAIMS, HEADER] {
            for (index, meaning) in table.iter().enumerate() {
                assert!(table[..index].iter().all(|other| other.name != meaning.name), "{}", meaning.name);
                assert!(!meaning.title.is_empty() && !meaning.text.is_empty() && !meaning.source.is_empty());
            }
        }
    }
}
