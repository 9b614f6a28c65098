// Reading, verifying and making tokens.

import assert from "node:assert/strict";
import crypto from "node:crypto";

/// RFC 7515 appendix A.1.
const RFC_TOKEN =
  "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9" +
  ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ" +
  ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const RFC_KEY = JSON.stringify({
  kty: "oct",
  k: "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
});

export const base64url = (text) => Buffer.from(text).toString("base64url");

export function hs256(payload, secret, header = { alg: "HS256" }) {
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`;
  return `${input}.${crypto.createHmac("sha256", secret).update(input).digest("base64url")}`;
}

const SECRET = "a secret of thirty-two bytes, ok";
const soon = () => Math.floor(Date.now() / 1000) + 3600;

export default {
  "a token of RFC 7515 is decoded, holds, and has expired": async (tab) => {
    await tab.fill("token", RFC_TOKEN);
    await tab.expect("signature", "unknown", /no key/);
    await tab.expect("time", "invalid", /^expired \d+ years ago \(2011-03-22T18:43:00Z\)$/);
    assert.equal(await tab.value("header"), '{\n  "typ": "JWT",\n  "alg": "HS256"\n}');
    assert.match(await tab.value("payload"), /"http:\/\/example.com\/is_root": true/);
    assert.match(await tab.text("#claims"), /issIssuer.*joe.*expExpires.*2011-03-22T18:43:00Z, \d+ years ago/s);
    assert.equal(await tab.text("#alg-words"), "HMAC with SHA-256");
    const colours = await tab.page.locator("#painted span").evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
    assert.equal(new Set([colours[0], colours[2], colours[4]]).size, 3, "three colours");

    await tab.fill("key", RFC_KEY);
    await tab.expect("signature", "valid");
    assert.equal(await tab.text("#summary"), "Rejected");
    await tab.fill("now", "2011-03-22T18:42:00");
    await tab.expect("time", "valid", /in 1 minute/);
    assert.equal(await tab.text("#summary"), "Accepted");
    await tab.fill("issuer", "joe");
    await tab.expect("policy", "valid", /the issuer is "joe"/);
    await tab.fill("issuer", "mallory");
    await tab.expect("policy", "invalid", /the issuer is "joe", expected "mallory"/);
    await tab.fill("issuer", "");
    await tab.fill("audience", "shop");
    await tab.expect("policy", "invalid", /"aud" is missing/);
  },

  "an altered token is rejected": async (tab) => {
    const token = hs256({ sub: "1", exp: soon() }, SECRET);
    await tab.fill("key", SECRET);
    await tab.fill("token", token);
    await tab.expect("signature", "valid");
    await tab.fill("token", `${token.slice(0, -10)}AAAAAAAAAA`.replace(/.$/, "A"));
    await tab.expect("signature", "invalid", /the token was altered, or signed with another key/);
    assert.equal(await tab.text("#summary"), "Rejected");
  },

  "what the page signs with any algorithm, Node.js verifies": async (tab) => {
    const hashes = { 256: "sha256", 384: "sha384", 512: "sha512" };
    const algorithms = await tab.page.locator("#example option").allTextContents();
    assert.equal(algorithms.length, 18);
    for (const algorithm of algorithms) {
      await tab.example(algorithm);
      await tab.expect("signature", "valid", new RegExp(`\\(${algorithm},`));
      const [header, payload, signature] = (await tab.value("token")).split(".");
      const [input, bytes] = [Buffer.from(`${header}.${payload}`), Buffer.from(signature, "base64url")];
      const hash = hashes[algorithm.slice(2, 5)];
      if (algorithm.startsWith("HS")) {
        const expected = crypto.createHmac(hash, await tab.value("key")).update(input).digest("base64url");
        assert.equal(signature, expected, algorithm);
        continue;
      }
      if (algorithm.startsWith("ML-DSA")) continue;
      const options = { key: crypto.createPublicKey(await tab.value("public-pem")) };
      if (algorithm.startsWith("ES")) options.dsaEncoding = "ieee-p1363";
      if (algorithm.startsWith("PS")) {
        Object.assign(options, { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: crypto.constants.RSA_PSS_SALTLEN_DIGEST });
      }
      assert(crypto.verify(hash ?? null, input, options, bytes), `${algorithm} verifies`);
    }
  },

  "header and payload are edited and signed again, with another algorithm too": async (tab) => {
    await tab.fill("key", SECRET.repeat(2));
    await tab.fill("header", '{"alg":"HS256"}');
    await tab.fill("payload", '{"sub":"1","exp":4102444800}');
    await tab.expect("signature", "valid", /HS256/);
    await tab.fill("header", '{"alg":"HS512","kid":"a"}');
    await tab.expect("signature", "valid", /HS512/);
    assert.match(await tab.text("#parameters"), /kidKey ID/);
    // A digit more or less stays what it is.
    await tab.fill("payload", '{"n":1.0,"big":12345678901234567890,"exp":4102444800}');
    await tab.until(async () => Buffer.from((await tab.value("token")).split(".")[1], "base64url").includes("12345678901234567890"));
    // What is typed halfway leaves the token alone, and says where it ends.
    const before = await tab.value("token");
    await tab.fill("payload", '{\n  "sub": \n}');
    await tab.until(async () => /line 3, column 1/.test(await tab.text("#payload-problem")));
    assert.equal(await tab.value("token"), before);
    assert.equal(await tab.page.locator("#payload").getAttribute("aria-invalid"), "true");
    await tab.fill("payload", '{"sub":"2","exp":4102444800}');
    await tab.until(async () => (await tab.value("token")) !== before);
    await tab.expect("signature", "valid");
    // A key for another algorithm does not sign, and says so.
    await tab.fill("header", '{"alg":"ES256"}');
    await tab.until(async () => /a secret cannot be used with ES256/.test(await tab.text("#stale")));
    await tab.expect("signature", "invalid");
    await tab.choose("algorithm", "ES256");
    await tab.click("generate");
    await tab.expect("signature", "valid", /ES256/);
  },

  "a payload that was edited without a key is signed when there is one": async (tab) => {
    await tab.fill("token", hs256({ sub: "1", exp: soon() }, SECRET));
    await tab.expect("signature", "unknown", /no key/);
    await tab.fill("payload", '{"sub":"2","exp":4102444800}');
    await tab.until(async () => /Not signed again: there is no key/.test(await tab.text("#stale")));
    await tab.fill("key", SECRET);
    await tab.expect("signature", "valid");
    assert.match(await tab.value("payload"), /"sub":"2"/);
  },

  "a key pair is made, for every kind of key": async (tab) => {
    for (const algorithm of ["RS256", "PS384", "ES256", "ES384", "ES512", "ES256K", "EdDSA", "Ed25519", "ML-DSA-44", "ML-DSA-87"]) {
      await tab.choose("algorithm", algorithm);
      assert.equal(await tab.page.locator("#bits-field").isVisible(), /^[RP]S/.test(algorithm));
      await tab.click("generate");
      await tab.expect("signature", "valid", new RegExp(`\\(${algorithm},`));
      assert.match(await tab.value("key"), /^-----BEGIN PRIVATE KEY-----/);
      assert.match(await tab.value("public-pem"), /^-----BEGIN PUBLIC KEY-----/);
      assert.match(await tab.text("#key-name"), /private key/);
    }
    await tab.choose("algorithm", "HS384");
    await tab.click("generate");
    await tab.expect("signature", "valid", /HS384/);
    assert.match(await tab.text("#key-name"), /secret, as text – 64 bytes/);
  },

  "time and claims are shown in UTC and in words": async (tab) => {
    const now = Math.floor(Date.now() / 1000);
    const day = 86_400;
    await tab.fill("token", hs256({ exp: now - 3 * day - 60, iat: now - 400 * day, nbf: now + 90, email: "a@b.example", scope: "read", x: [1] }, SECRET));
    await tab.expect("time", "invalid", /expired 3 days ago \(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\); not valid yet, but from in 1 minute/);
    const table = await tab.text("#claims");
    for (const words of [/Expires.*RFC 7519 §4.1.4/, /E-mail.*OpenID Connect Core §5.1/, /Scope.*RFC 8693/, /1 year ago/, /\[1\]/]) {
      assert.match(table, words);
    }
    await tab.fill("token", hs256({ sub: "1" }, SECRET));
    await tab.expect("time", "invalid", /never expires/);
    await tab.page.locator("#allow-missing-exp").check();
    await tab.expect("time", "warning", /never expires/);
    await tab.fill("token", hs256({ exp: now - 30 }, SECRET));
    await tab.expect("time", "invalid", /expired/);
    await tab.fill("leeway", "120");
    await tab.expect("time", "valid");
  },

  "a token expires while somebody looks at it": async (tab) => {
    await tab.fill("key", SECRET);
    await tab.fill("token", hs256({ exp: Math.floor(Date.now() / 1000) + 4 }, SECRET));
    await tab.expect("time", "valid", /^valid: expires in \d seconds?/);
    await tab.expect("time", "invalid", /^expired (now|\d+ seconds? ago)/);
    assert.equal(await tab.text("#summary"), "Rejected");
  },

  "tokens are read as they come along, and copied": async (tab) => {
    const token = hs256({ sub: "1", exp: soon() }, SECRET);
    await tab.fill("key", SECRET);
    for (const pasted of [`Authorization: Bearer ${token}`, `"${token}"`, token.replaceAll(".", ".\n  ")]) {
      await tab.fill("token", pasted);
      await tab.until(async () => (await tab.value("token")) === token);
      await tab.expect("signature", "valid");
    }
    await tab.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    for (const id of ["token", "payload", "header", "key"]) {
      await tab.page.locator(`[data-copy="${id}"]`).click();
      await tab.until(async () => (await tab.page.evaluate(() => navigator.clipboard.readText())) === (await tab.value(id)));
    }
    await tab.click("clear");
    await tab.until(async () => (await tab.text("#summary")) === "Nothing to check yet");
    for (const id of ["token", "payload", "header", "key"]) assert.equal(await tab.value(id), "");
  },
};
