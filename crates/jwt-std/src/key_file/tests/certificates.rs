//! X.509 certificates, chains, and files that hold a key and its certificate.

use super::*;

const DAY: u64 = 24 * 60 * 60;

fn self_signed(folder: &Folder) -> Vec<u8> {
    folder.run("openssl req -x509 -new -key rsa.pem -subj /CN=issuer.example -days 10 -out cert.pem");
    folder.read("cert.pem")
}

#[test]
fn certificate_in_both_encodings() {
    let folder = Folder::with_key();
    let pem = self_signed(&folder);
    let file = assert_public(&pem, KeyForm::Certificate(Encoding::Pem));
    let [KeyNote::CertificateValidity { not_before, not_after }] = file.notes[..] else {
        panic!("{:?}", file.notes)
    };
    assert_eq!(not_after - not_before, 10 * DAY);
    let der = folder.run("openssl x509 -in cert.pem -outform DER");
    assert_public(&der, KeyForm::Certificate(Encoding::Der));
    // With its text in front, as `openssl x509 -text` writes it.
    let text = folder.run("openssl x509 -in cert.pem -text");
    assert_public(&text, KeyForm::Certificate(Encoding::Pem));
}

#[test]
fn requests_and_revocation_lists_are_named() {
    let folder = Folder::with_key();
    let der_request = "openssl req -new -key rsa.pem -subj /CN=x -outform DER";
    for request in [folder.run("openssl req -new -key rsa.pem -subj /CN=x"), folder.run(der_request)] {
        assert_eq!(error(&request, None), KeyFileError::NotAKey { found: Foreign::CertificateRequest });
    }
    self_signed(&folder);
    folder.write("index", b"");
    folder
        .write("ca.cnf", b"[ca]\ndefault_ca=a\n[a]\ndatabase=index\ndefault_md=sha256\ndefault_crl_days=1\n");
    folder.run("openssl ca -config ca.cnf -gencrl -keyfile rsa.pem -cert cert.pem -out crl.pem");
    let der = folder.run("openssl crl -in crl.pem -outform DER");
    for list in [folder.read("crl.pem"), der] {
        assert_eq!(error(&list, None), KeyFileError::NotAKey { found: Foreign::RevocationList });
    }
    folder.run("openssl pkcs12 -export -inkey rsa.pem -in cert.pem -passout pass:x -out key.p12");
    assert_eq!(error(&folder.read("key.p12"), None), KeyFileError::NotAKey { found: Foreign::Pkcs12 });
    let pkcs7 = folder.run("openssl crl2pkcs7 -nocrl -certfile cert.pem");
    assert_eq!(error(&pkcs7, None), KeyFileError::NotAKey { found: Foreign::Pkcs7 });
}

#[test]
fn a_private_key_wins_over_what_stands_beside_it() {
    let folder = Folder::with_key();
    let certificate = self_signed(&folder);
    let public = folder.run("openssl rsa -in rsa.pem -pubout");
    for beside in [certificate, public] {
        for text in [[rsa_2048(), &beside].concat(), [&beside, rsa_2048()].concat()] {
            let file = assert_private(&text, None, KeyForm::Pkcs1Private(Encoding::Pem));
            assert_eq!(file.notes, [KeyNote::PublicBeside { matches: true }]);
        }
    }
    let other = folder.run("openssl genrsa 1024");
    let other_public = {
        folder.write("other.pem", &other);
        folder.run("openssl rsa -in other.pem -pubout")
    };
    let file =
        assert_private(&[rsa_2048(), &other_public].concat(), None, KeyForm::Pkcs1Private(Encoding::Pem));
    assert_eq!(file.notes, [KeyNote::PublicBeside { matches: false }]);
    let two = [rsa_2048(), &other].concat();
    let form = KeyForm::Pkcs1Private(Encoding::Pem);
    assert_eq!(error(&two, None), KeyFileError::SeveralKeys { count: 2, form });
    // The same key twice is one key.
    assert_private(&[rsa_2048(), rsa_2048()].concat(), None, form);
}

#[test]
fn of_a_chain_the_first_certificate_counts() {
    let folder = Folder::with_key();
    folder.run("openssl req -x509 -newkey ed448 -nodes -keyout ca.pem -subj /CN=ca -out ca-cert.pem");
    folder.run("openssl req -new -key rsa.pem -subj /CN=leaf -out leaf.csr");
    folder.run("openssl x509 -req -in leaf.csr -CA ca-cert.pem -CAkey ca.pem -CAcreateserial -out leaf.pem");
    let (leaf, ca) = (folder.read("leaf.pem"), folder.read("ca-cert.pem"));
    let file = assert_public(&[&leaf[..], &ca].concat(), KeyForm::Certificate(Encoding::Pem));
    assert!(file.notes.contains(&KeyNote::FirstOfChain { certificates: 2 }), "{:?}", file.notes);
    // In the wrong order it is no chain, and the only key that can be used is taken.
    let file = assert_public(&[&ca[..], &leaf].concat(), KeyForm::Certificate(Encoding::Pem));
    assert!(file.notes.contains(&KeyNote::OtherKeysSkipped { keys: 1 }), "{:?}", file.notes);
}
