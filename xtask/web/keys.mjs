// Keys of other programs, in every form.

import assert from "node:assert/strict";
import crypto from "node:crypto";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { base64url, hs256 } from "./tokens.mjs";

const soon = () => Math.floor(Date.now() / 1000) + 3600;

function token(header, privateKey, hash) {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify({ sub: "1", exp: soon() }))}`;
  const signature = crypto.sign(hash, Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${input}.${signature.toString("base64url")}`;
}

/// A key that the page sniffs, names, and verifies with.
async function fits(tab, text, name) {
  await tab.fill("key", text);
  await tab.until(async () => (await tab.text("#key-name b")) === name, () => `the key is named ${name}`);
  await tab.expect("signature", "valid");
}

export default {
  "PEM: PKCS#8, PKCS#1, SEC1, public, encrypted": async (tab) => {
    const rsa = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
    await tab.fill("token", token({ alg: "RS256" }, rsa.privateKey, "sha256"));
    await fits(tab, rsa.privateKey.export({ type: "pkcs8", format: "pem" }), "PKCS#8 private key (PEM)");
    await fits(tab, rsa.privateKey.export({ type: "pkcs1", format: "pem" }), "PKCS#1 RSA private key (PEM)");
    await fits(tab, rsa.publicKey.export({ type: "spki", format: "pem" }), "public key (PEM)");
    await fits(tab, rsa.publicKey.export({ type: "pkcs1", format: "pem" }), "PKCS#1 RSA public key (PEM)");
    await fits(tab, rsa.publicKey.export({ type: "spki", format: "der" }).toString("base64"), "public key (base64 of DER)");

    const ec = crypto.generateKeyPairSync("ec", { namedCurve: "P-384" });
    await tab.fill("token", token({ alg: "ES384" }, ec.privateKey, "sha384"));
    await fits(tab, ec.privateKey.export({ type: "sec1", format: "pem" }), "EC private key (RFC 5915) (PEM)");
    const encrypted = ec.privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "correct horse" });
    await tab.fill("key", encrypted);
    await tab.until(() => tab.page.locator("#passphrase").isVisible());
    assert.match(await tab.text("#key-problem"), /give its passphrase/);
    await tab.fill("passphrase", "wrong");
    await tab.until(async () => /wrong passphrase/.test(await tab.text("#key-problem")));
    await tab.fill("passphrase", "correct horse");
    await tab.expect("signature", "valid");
    assert.equal(await tab.text("#key-name b"), "encrypted PKCS#8 private key (PEM)");
  },

  "OpenSSH: private, encrypted, public; and a file of DER": async (tab) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "jwt-web-"));
    try {
      const file = path.join(folder, "id");
      const keygen = (...rest) => execFileSync("ssh-keygen", ["-q", ...rest], { stdio: "ignore" });
      keygen("-t", "ecdsa", "-b", "256", "-N", "", "-C", "me@example", "-f", file);
      await fits(await signedBy(tab, fs.readFileSync(file, "utf8")), fs.readFileSync(file, "utf8"), "OpenSSH private key");
      await fits(tab, fs.readFileSync(`${file}.pub`, "utf8"), "OpenSSH public key");
      keygen("-p", "-P", "", "-N", "correct horse", "-a", "4", "-f", file);
      await tab.fill("key", fs.readFileSync(file, "utf8"));
      await tab.until(() => tab.page.locator("#passphrase").isVisible());
      await tab.fill("passphrase", "correct horse");
      await tab.expect("signature", "valid");
      assert.equal(await tab.text("#key-name b"), "encrypted OpenSSH private key");

      const pair = crypto.generateKeyPairSync("ed25519");
      await tab.fill("passphrase", "");
      await tab.fill("token", token({ alg: "EdDSA" }, pair.privateKey, null));
      const der = path.join(folder, "key.der");
      fs.writeFileSync(der, pair.publicKey.export({ type: "spki", format: "der" }));
      await tab.page.locator("#file").setInputFiles(der);
      await tab.expect("signature", "valid", /EdDSA/);
      assert.equal(await tab.text("#key-name b"), "public key (base64 of DER)");
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  },

  "JWK and JWK Set": async (tab) => {
    const [a, b] = [0, 1].map(() => crypto.generateKeyPairSync("ec", { namedCurve: "P-256" }));
    const jwk = (key, kid) => ({ ...key.export({ format: "jwk" }), kid });
    await tab.fill("token", token({ alg: "ES256", kid: "b" }, b.privateKey, "sha256"));
    await fits(tab, JSON.stringify(jwk(b.privateKey, "b")), "JWK");
    assert.match(await tab.text("#key-name span"), /P-256 private key/);
    await fits(tab, JSON.stringify(jwk(b.publicKey, "b")), "JWK");
    await fits(tab, JSON.stringify({ keys: [jwk(a.publicKey, "a"), jwk(b.publicKey, "b"), { kty: "x" }] }), "JWK Set");
    await tab.expect("signature", "valid", /the key "b" of the set/);
    assert.match(await tab.text("#key-notes"), /"a": P-256 public key, 256 bits.*skipped key 3/s);
    await tab.fill("token", token({ alg: "ES256", kid: "c" }, b.privateKey, "sha256"));
    await tab.expect("signature", "invalid", /no usable key of the JWK Set has the kid "c"/);
  },

  "secrets: UTF-8, base64url, hexadecimal; weak ones work and warn": async (tab) => {
    const secret = crypto.randomBytes(32);
    await tab.fill("token", hs256({ exp: soon() }, secret));
    await tab.fill("key", secret.toString("hex"));
    await tab.expect("signature", "invalid");
    await tab.until(async () => /read as hexadecimal/.test(await tab.text("#suggestion")));
    await tab.click("take-suggestion");
    await tab.expect("signature", "valid");
    assert.equal(await tab.text("#key-name b"), "secret, from hexadecimal");
    await tab.choose("form", "base64url");
    await tab.fill("key", secret.toString("base64url"));
    await tab.expect("signature", "valid");
    await tab.fill("key", secret.toString("base64"));
    await tab.expect("signature", "valid");
    await tab.choose("form", "auto");
    await tab.expect("signature", "invalid");
    await tab.fill("key", "schlüssel ✓ genügend lang für 32 Bytes");
    await tab.fill("token", hs256({ exp: soon() }, "schlüssel ✓ genügend lang für 32 Bytes"));
    await tab.expect("signature", "valid");
    assert(await tab.page.locator("#key-warning").isHidden());

    await tab.fill("key", "your-256-bit-secret");
    await tab.fill("token", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c");
    await tab.expect("signature", "warning", /valid, BUT the secret is WEAK: 19 bytes/);
    assert.match(await tab.text("#key-warning"), /whoever has a token can guess the secret/);
    assert(await tab.page.locator("#key-warning").isVisible());
  },

  "what is no key says what it is": async (tab) => {
    for (const [text, words] of [
      ["-----BEGIN PUBLIC KEY-----\nMCowBQYDK2Vw\n", /the end of this .* is missing/],
      ["PuTTY-User-Key-File-3: ssh-rsa", /PuTTY private key/],
      ['{"a":1}', /not a JWK/],
      ["<html></html>", /HTML or XML/],
    ]) {
      await tab.fill("key", text);
      await tab.until(async () => words.test(await tab.text("#key-problem")));
      assert.equal(await tab.page.locator("#key").getAttribute("aria-invalid"), "true");
    }
  },
};

/// A token that the page signs with a key of ssh-keygen.
async function signedBy(tab, key) {
  await tab.fill("key", key);
  await tab.fill("header", '{"alg":"ES256"}');
  await tab.fill("payload", '{"sub":"1","exp":4102444800}');
  await tab.expect("signature", "valid");
  return tab;
}
