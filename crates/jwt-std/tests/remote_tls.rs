//! Remote JWK Sets over TLS, from a server on this machine whose certificate `openssl` makes.
#![cfg(feature = "remote")]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::thread;

use jwt_std::{FetchError, RemoteJwkSet};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

const SET: &str = r#"{"keys":[
    {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"}]}"#;

fn openssl(folder: &Path, line: &str) {
    let output = Command::new("openssl").args(line.split(' ')).current_dir(folder).output();
    let output = output.expect("openssl must be installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// An authority's certificate and, signed with it, one for the names.
fn certify(folder: &Path, names: &str) {
    let curve = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
    openssl(folder, &format!("req -x509 {curve} -keyout ca.key -out ca.pem -days 2 -subj /CN=authority"));
    openssl(folder, &format!("req {curve} -keyout server.key -out server.csr -subj /CN=server"));
    fs::write(folder.join("names"), format!("subjectAltName={names}")).unwrap();
    openssl(
        folder,
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
    );
}

/// Answers so many connections; the port.
fn serve(folder: &Path, connections: usize) -> u16 {
    let certificates = CertificateDer::pem_file_iter(folder.join("server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_file(folder.join("server.key")).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(certificates.map(Result::unwrap).collect(), key)
        .unwrap();
    let (config, listener) = (Arc::new(config), TcpListener::bind("127.0.0.1:0").unwrap());
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for _ in 0..connections {
            let (mut socket, _) = listener.accept().unwrap();
            let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = Stream::new(&mut connection, &mut socket);
            // A client that does not trust the certificate goes away here.
            if stream.read(&mut [0; 4096]).is_ok() {
                let head =
                    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", SET.len());
                stream.write_all(format!("{head}{SET}").as_bytes()).unwrap();
                stream.conn.send_close_notify();
                stream.flush().unwrap();
            }
        }
    });
    port
}

#[test]
fn a_set_comes_over_tls_from_a_server_that_the_caller_trusts() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path(), "IP:127.0.0.1,DNS:localhost");
    let url = format!("https://127.0.0.1:{}/keys", serve(folder.path(), 2));
    let roots = fs::read(folder.path().join("ca.pem")).unwrap();
    let keys = RemoteJwkSet::builder(&url).root_certificates(roots).build().unwrap();
    assert_eq!(keys.current().unwrap().len(), 1);

    // Mozilla does not know this authority.
    let error = RemoteJwkSet::new(&url).unwrap().current().unwrap_err();
    assert!(
        matches!(&error, FetchError::Transport { detail } if detail.contains("UnknownIssuer")),
        "{error}"
    );
}

#[test]
fn a_certificate_of_another_name_is_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path(), "DNS:issuer.example");
    let url = format!("https://127.0.0.1:{}/keys", serve(folder.path(), 1));
    let roots = fs::read(folder.path().join("ca.pem")).unwrap();
    let keys = RemoteJwkSet::builder(&url).root_certificates(roots).build().unwrap();
    let error = keys.current().unwrap_err();
    assert!(
        matches!(&error, FetchError::Transport { detail } if detail.contains("not valid for name")),
        "{error}"
    );
}

#[test]
fn root_certificates_are_certificates() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path(), "DNS:issuer.example");
    let build =
        |pem: Vec<u8>| RemoteJwkSet::builder("https://issuer.example/").root_certificates(pem).build();
    let key = fs::read(folder.path().join("ca.key")).unwrap();
    for (pem, detail) in [
        (Vec::new(), "there is no certificate in it"),
        (b"text".to_vec(), "there is no certificate in it"),
        (key, "there is a private key among them"),
        (b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n".to_vec(), "it is not PEM"),
    ] {
        let error = build(pem).unwrap_err();
        assert_eq!(error.to_string(), format!("the root certificates cannot be used: {detail}"));
    }
}
