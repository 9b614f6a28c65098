// What an attacker would have somebody paste.

import assert from "node:assert/strict";
import http from "node:http";
import { base64url, hs256 } from "./tokens.mjs";

const MARKUP = '<img src="x" onerror="self.harmed=1"><script>self.harmed=1</script><svg onload="self.harmed=1">';

async function assertUnharmed(tab) {
  const found = await tab.page.evaluate(() => ({
    harmed: self.harmed,
    markup: document.querySelectorAll("main img, main script, main svg, main iframe, main a").length,
  }));
  assert.deepEqual(found, { harmed: undefined, markup: 0 });
}

export default {
  "markup in claims, header, kid, key and address stays text": async (tab) => {
    const payload = { [MARKUP]: MARKUP, sub: MARKUP, iss: `"'>${MARKUP}`, exp: 4102444800, aud: [MARKUP] };
    const token = hs256(payload, "secret", { alg: "HS256", kid: MARKUP, typ: MARKUP, [MARKUP]: MARKUP });
    await tab.fill("key", JSON.stringify({ kty: "oct", k: base64url("secret"), kid: MARKUP, use: "sig" }));
    await tab.fill("token", token);
    await tab.expect("signature", "warning");
    assert((await tab.text("#claims")).includes(MARKUP), "the claim is shown as it is");
    assert((await tab.text("#parameters")).includes(MARKUP));
    await assertUnharmed(tab);
    for (const id of ["issuer", "audience", "subject"]) await tab.fill(id, MARKUP);
    await tab.expect("policy", "invalid");
    await assertUnharmed(tab);
    await tab.fill("token", hs256({}, "x", { alg: MARKUP }));
    await tab.expect("signature", "invalid", /not known here/);
    await tab.fill("token", MARKUP);
    await tab.until(async () => (await tab.text("#summary")) === "Not a token");
    await tab.fill("header", MARKUP);
    await tab.until(async () => (await tab.text("#header-problem")) !== "");
    await tab.fill("key", `-----BEGIN PUBLIC KEY-----\n${MARKUP}`);
    await tab.until(async () => (await tab.text("#key-problem")) !== "");
    await tab.page.evaluate((text) => { location.hash = `token=${encodeURIComponent(text)}`; }, MARKUP);
    await tab.until(async () => (await tab.value("token")).startsWith("img"));
    await assertUnharmed(tab);
  },

  "a broken part says which byte, and shows it": async (tab) => {
    const token = hs256({ sub: "1" }, "secret");
    const [header, payload, signature] = token.split(".");
    const at = header.length + 1 + 4;
    await tab.fill("token", `${header}.${payload.slice(0, 4)}!${payload.slice(5)}.${signature}`);
    await tab.until(async () => (await tab.text("#token-problem")).includes(`byte ${at} of the token`));
    assert.equal(await tab.text("#painted mark"), "!");
    assert.match(await tab.text("#token-problem"), /payload is not base64url: byte 0x21 at offset 4/);
    await tab.expect("signature", "invalid");
    await tab.expect("time", "unknown");
    // Header and signature are still read.
    assert.match(await tab.value("header"), /HS256/);
    await tab.fill("token", `${header}.${payload}.${signature}=`);
    await tab.until(async () => /signature is not base64url: padding/.test(await tab.text("#token-problem")));
    await tab.fill("token", `${base64url('{"alg":"HS256",}')}.${payload}.${signature}`);
    await tab.until(async () => /header decoded: unexpected `}` in JSON \(at offset 15\)/.test(await tab.text("#header-problem")));
    await tab.fill("token", `${header}.${base64url('{"a":1,"a":2}')}.${signature}`);
    await tab.until(async () => /duplicate member name/.test(await tab.text("#payload-problem")));
    for (const [text, words] of [
      [header, /three parts separated by dots, found 1 part/],
      [`${token}.x`, /found 4 parts/],
      ["a.b.c.d.e", /encrypted token \(JWE/],
      [`${header}..${signature}`, /payload is empty/],
    ]) {
      await tab.fill("token", text);
      await tab.until(async () => words.test(await tab.text("#token-problem")));
      assert.equal(await tab.page.locator("#token").getAttribute("aria-invalid"), "true");
    }
  },

  "a token that nobody signed is rejected": async (tab) => {
    await tab.fill("key", "secret");
    for (const alg of ["none", "None", "nOnE"]) {
      await tab.fill("token", `${base64url(JSON.stringify({ alg }))}.${base64url('{"exp":4102444800}')}.`);
      await tab.expect("signature", "invalid", /nobody signed it/);
      assert.equal(await tab.text("#summary"), "Rejected");
    }
    await tab.fill("header", '{"alg":"none"}');
    await tab.until(async () => /known are HS256/.test(await tab.text("#header-problem")));
  },

  "text that turns round or hides is shown": async (tab) => {
    await tab.fill("token", hs256({ sub: "admin\u202enimda\u200b", "e\u2066xp": 1 }, "secret"));
    await tab.until(async () => (await tab.value("payload")).includes("admin\\u202enimda\\u200b"));
    assert.match(await tab.text("#claims"), /admin\\u202enimda\\u200b/);
    assert(!/[\u202a-\u202e\u2066-\u2069]/.test(await tab.text("main")));
  },

  "the largest token is read, and larger ones are refused at once": async (tab) => {
    const large = { text: "x".repeat(90_000), exp: 4102444800 };
    await tab.fill("key", "a secret of thirty-two bytes, ok");
    await tab.fill("token", hs256(large, "a secret of thirty-two bytes, ok"));
    await tab.expect("signature", "valid");
    for (const length of [200_000, 3_000_000]) {
      const started = performance.now();
      await tab.fill("token", `${"a".repeat(length)}.b.c`);
      await tab.until(async () => /the limit is 131072/.test(await tab.text("#token-problem")));
      const seconds = (performance.now() - started) / 1000;
      assert(seconds < 20, `${length} characters took ${seconds} s`);
    }
    const deep = `{"a":${"[".repeat(40)}${"]".repeat(40)}}`;
    await tab.fill("token", `${base64url('{"alg":"HS256"}')}.${base64url(deep)}.AAAA`);
    await tab.until(async () => /nested deeper than the limit/.test(await tab.text("#payload-problem")));
    const wide = JSON.stringify(Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`c${index}`, index])));
    await tab.fill("token", `${base64url('{"alg":"HS256"}')}.${base64url(wide)}.AAAA`);
    await tab.until(async () => /more than the limit of 256 members/.test(await tab.text("#payload-problem")));
  },

  "the page can ask nothing of the network": async (tab) => {
    // What a script in the page would try. Each attempt is a violation, and nobody hears of it.
    const heard = [];
    const attacker = http.createServer((request, response) => {
      heard.push(request.url);
      response.end();
    });
    await new Promise((resolve) => attacker.listen(0, "127.0.0.1", resolve));
    const { port } = attacker.address();
    const outcome = await tab.page.evaluate(async (host) => {
      const failed = async (attempt) => {
        try {
          await attempt();
          return false;
        } catch {
          return true;
        }
      };
      const blocked = [];
      blocked.push(await failed(() => fetch(`http://${host}/?fetch`, { mode: "no-cors" })));
      blocked.push(await failed(() => fetch(`${location.origin}/?own`)));
      blocked.push(await failed(() => new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://${host}/`);
        socket.onopen = resolve;
        socket.onerror = reject;
      })));
      blocked.push(await failed(() => new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = resolve;
        image.onerror = reject;
        image.src = `http://${host}/image`;
      })));
      blocked.push(await failed(() => { document.body.insertAdjacentHTML("beforeend", "<p>"); }));
      blocked.push(await failed(() => (0, eval)("1")));
      const before = self.violations.length;
      document.querySelector("body").append(Object.assign(document.createElement("form"), { action: `http://${host}/` }));
      document.querySelector("form").submit();
      await new Promise((resolve) => setTimeout(resolve, 200));
      blocked.push(self.violations.length > before);
      const count = self.violations.length;
      self.violations = [];
      return { blocked, count };
    }, `127.0.0.1:${port}`);
    assert.deepEqual(outcome.blocked, Array(7).fill(true));
    assert(outcome.count >= 7, `${outcome.count} violations`);
    attacker.close();
    assert.deepEqual(heard, [], "what the attacker hears");
    // These were wanted: the browser tells of what it then blocks.
    Object.assign(tab, { errors: [], requests: [] });
  },
};
