//! `jwt jwks fetch`, from a TLS server on this machine whose certificate `openssl` makes.

mod jwt;

#[cfg(not(feature = "remote"))]
#[test]
fn without_https_it_says_so() {
    let outcome = jwt::jwt(&["jwks", "fetch", "https://127.0.0.1:1/keys"]);
    outcome.assert_error(2, "not_built_in");
    assert!(outcome.stderr.contains("--features remote"), "{outcome:?}");
}

#[cfg(feature = "remote")]
mod remote {
    use std::fs;
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::path::Path;
    use std::process::Command;
    use std::sync::Arc;
    use std::thread;

    use rustls::pki_types::pem::PemObject as _;
    use rustls::pki_types::{CertificateDer, PrivateKeyDer};
    use rustls::{ServerConfig, ServerConnection, Stream};
    use serde_json::Value;

    use super::jwt::{jwt, jwt_with};

    /// One key that is used, one that is symmetric, and one of a kind that nobody knows.
    const SET: &str = r#"{"keys":[
        {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"},
        {"kty":"oct","k":"c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3I","kid":"s"},
        {"kty":"XXX","kid":"x"}]}"#;

    fn openssl(folder: &Path, line: &str) {
        let output = Command::new("openssl").args(line.split(' ')).current_dir(folder).output();
        let output = output.expect("openssl must be installed");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Serves a body over TLS to every connection; the URL.
    fn serve(folder: &Path, body: &'static str) -> String {
        let curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
        openssl(folder, &format!("req -x509 {curve} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority"));
        openssl(folder, &format!("req {curve} -keyout server.key -out server.csr -subj /CN=server"));
        fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1").unwrap();
        openssl(
            folder,
            "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
        );
        let certificates = CertificateDer::pem_file_iter(folder.join("server.pem")).unwrap();
        let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(certificates.map(Result::unwrap).collect(), key)
            .unwrap();
        let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
        let url = format!("https://{}/keys", listener.local_addr().unwrap());
        thread::spawn(move || {
            while let Ok((mut socket, _)) = listener.accept() {
                let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
                let mut stream = Stream::new(&mut connection, &mut socket);
                // A client that does not trust the certificate goes away here.
                if stream.read(&mut [0; 4096]).is_ok() {
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        body.len()
                    );
                    let _ = stream.write_all(format!("{head}{body}").as_bytes());
                    stream.conn.send_close_notify();
                    let _ = stream.flush();
                }
            }
        });
        url
    }

    #[test]
    fn lists_and_writes_what_can_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let url = serve(folder.path(), SET);
        let fetch = |more: &[&str]| {
            jwt_with(&[&["jwks", "fetch", &url, "--cacert", "ca.pem"], more].concat(), b"", folder.path())
        };
        let listed = fetch(&[]);
        let lines: Vec<&str> = listed.assert_ok().lines().collect();
        assert!(lines[0].starts_with("key  \"a\"  ") && lines[0].ends_with("  EdDSA, Ed25519"), "{lines:?}");
        assert!(
            lines[1].starts_with("skipped  key 2 of the JWK Set") && lines[1].contains("symmetric"),
            "{lines:?}"
        );
        assert!(lines[2].starts_with("skipped  key 3 of the JWK Set"), "{lines:?}");
        assert_eq!(lines.len(), 3);

        let json: Value = serde_json::from_str(fetch(&["--json"]).assert_ok()).unwrap();
        assert_eq!((&json["keys"][0]["kid"], &json["skipped"][0]["kid"]), (&"a".into(), &"s".into()));

        assert_eq!(fetch(&["--out", "set.json"]).status, 0);
        fetch(&["--out", "set.json"]).assert_error(4, "io");
        assert_eq!(fetch(&["--out", "set.json", "--force"]).status, 0);
        let written: Value =
            serde_json::from_slice(&fs::read(folder.path().join("set.json")).unwrap()).unwrap();
        assert_eq!(written["keys"].as_array().unwrap().len(), 1);
        // It is a key of `jwt verify`, which knows no such kid.
        let token = "eyJhbGciOiJFZERTQSIsImtpZCI6ImIifQ.e30.AAAA";
        jwt_with(&["verify", "--key", "set.json", token], b"", folder.path()).assert_error(1, "unknown_kid");
    }

    #[test]
    fn what_cannot_be_fetched() {
        let folder = tempfile::tempdir().unwrap();
        let url = serve(folder.path(), r#"{"keys":[{"kty":"XXX"}]}"#);
        // Mozilla does not know this authority.
        jwt(&["jwks", "fetch", &url]).assert_error(4, "key_set_transport");
        let fetch = |more: &[&str]| jwt_with(&[&["jwks", "fetch"], more].concat(), b"", folder.path());
        fetch(&["--cacert", "ca.pem", &url]).assert_error(3, "key_set_no_usable_key");
        fetch(&["--cacert", "server.key", &url]).assert_error(3, "key_set_roots");
        fetch(&["--cacert", "absent", &url]).assert_error(4, "io");
        fetch(&["http://127.0.0.1/keys"]).assert_error(2, "key_set_url");
        fetch(&["https://127.0.0.1:1/keys"]).assert_error(4, "key_set_transport");
    }
}
