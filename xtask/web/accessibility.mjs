// For everybody: keyboard alone, screen reader, both themes, every width.

import assert from "node:assert/strict";
import path from "node:path";
import { base64url, hs256 } from "./tokens.mjs";

const SECRET = "a secret of thirty-two bytes, ok";
const STATES = {
  empty: async () => {},
  valid: async (tab) => {
    await tab.example("ES256");
    await tab.fill("issuer", "https://issuer.example");
    await tab.fill("audience", "https://shop.example");
    await tab.expect("policy", "valid");
    await tab.page.locator("#public summary").click();
  },
  expired: async (tab) => {
    await tab.fill("key", SECRET);
    await tab.fill("token", hs256({ iss: "https://issuer.example", sub: "4242", exp: 1516239022, iat: 1516235422, scope: "read write", email: "jessica@example.com" }, SECRET, { alg: "HS256", typ: "JWT", kid: "2018-01" }));
    await tab.expect("signature", "valid");
    await tab.expect("time", "invalid");
  },
  weak: async (tab) => {
    await tab.fill("key", "secret");
    await tab.fill("token", hs256({ sub: "4242", exp: 4102444800 }, "secret"));
    await tab.expect("signature", "warning");
  },
  broken: async (tab) => {
    await tab.fill("key", "-----BEGIN PUBLIC KEY-----\nAAAA");
    await tab.fill("token", `${base64url('{"alg":"HS256"}')}.eyJzdWIiOiI0MjQyIiw!ZXhwIjoxfQ.AAAA`);
    await tab.expect("signature", "invalid");
    await tab.until(async () => (await tab.text("#key-problem")) !== "");
    await tab.fill("payload", '{"sub":}');
    await tab.until(async () => /line 1, column 8/.test(await tab.text("#payload-problem")));
    await tab.until(async () => /last text that could be read/.test(await tab.text("#stale")));
  },
};

export default function cases(axe, screenshots) {
  const found = [];
  for (const theme of ["light", "dark"]) {
    for (const [state, reach] of Object.entries(STATES)) {
      found.push([
        `accessibility rules, ${theme}, ${state}`,
        async (tab) => {
          await tab.page.locator("#theme").selectOption(theme);
          await reach(tab);
          await tab.page.evaluate(axe);
          const report = await tab.page.evaluate(() => self.axe.run(document, { resultTypes: ["violations"] }));
          const violations = report.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
          assert.deepEqual(violations, []);
          assert(report.passes.length > 20, "the rules were run");
        },
        // What is tested here is the page, and not what the rules need to run.
        { bypassCSP: true, colorScheme: theme === "light" ? "dark" : "light" },
      ]);
      for (const [size, width, height] of [["wide", 1440, 900], ["phone", 390, 844]]) {
        found.push([
          `screenshot ${state}-${theme}-${size}`,
          async (tab) => {
            await reach(tab);
            await tab.page.evaluate(() => document.activeElement.blur());
            await assertNoScroll(tab, width);
            await tab.page.screenshot({ path: path.join(screenshots, `${state}-${theme}-${size}.png`), fullPage: true });
          },
          { viewport: { width, height }, colorScheme: theme },
        ]);
      }
    }
  }
  for (const state of Object.keys(STATES)) {
    found.push([`320 px without a horizontal scroll bar, ${state}`, async (tab) => {
      await STATES[state](tab);
      await assertNoScroll(tab, 320);
      await tab.page.screenshot({ path: path.join(screenshots, `${state}-narrow.png`), fullPage: true });
      if (state !== "valid") return;
      await tab.example("ML-DSA-87");
      await tab.expect("signature", "valid");
      await assertNoScroll(tab, 320);
      await tab.fill("token", hs256({ ["x".repeat(300)]: "y".repeat(300), sub: "z ".repeat(200) }, SECRET));
      await tab.until(async () => (await tab.value("payload")).includes("yyy"));
      await assertNoScroll(tab, 320);
    }, { viewport: { width: 320, height: 640 } }]);
  }
  found.push(["with the keyboard alone", keyboard], ["what a screen reader is told", spoken]);
  return found;
}

async function assertNoScroll(tab, width) {
  const found = await tab.page.evaluate(() => document.documentElement.scrollWidth);
  assert(found <= width, `${found} px are wider than ${width}`);
}

async function keyboard(tab) {
  const { page } = tab;
  await page.evaluate(() => {
    self.named = (element) => element.id || (element.dataset.copy && `copy ${element.dataset.copy}`) || element.tagName;
  });
  const focused = () => page.evaluate(() => named(document.activeElement));
  const reach = async (id) => {
    for (let count = 0; count < 80; count += 1) {
      if ((await focused()) === id) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${id}`);
  };
  await reach("token");
  await page.keyboard.insertText(hs256({ sub: "1", exp: 4102444800 }, SECRET));
  await reach("key");
  await page.keyboard.type(SECRET);
  await tab.expect("signature", "valid");
  await reach("payload");
  await page.keyboard.press("Control+A");
  await page.keyboard.type('{"sub":"2","exp":4102444800}');
  await tab.until(async () => Buffer.from((await tab.value("token")).split(".")[1], "base64url").toString().includes('"2"'));
  await tab.expect("signature", "valid");
  await reach("algorithm");
  await page.keyboard.type("ES384");
  await reach("generate");
  await page.keyboard.press("Enter");
  await tab.expect("signature", "valid", /ES384/);
  await tab.until(async () => (await focused()) === "generate");
  await page.keyboard.press("Tab");
  await reach("public-summary");
  await page.keyboard.press("Space");
  await tab.until(() => page.locator("#public-pem").isVisible());
  await reach("allow-missing-exp");
  await page.keyboard.press("Space");
  assert(await page.locator("#allow-missing-exp").isChecked());

  // One round through all that can be reached, in the order of the page, and out of it again.
  await page.evaluate(() => document.activeElement.blur());
  const expected = await page.evaluate(() =>
    Array.from(document.querySelectorAll("a[href], button, input, select, textarea, summary"))
      .filter((element) => element.checkVisibility() && !element.disabled)
      .map((element) => named(element)));
  const seen = [];
  await page.evaluate(() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex"); });
  for (let count = 0; count < 100 && seen.length < expected.length; count += 1) {
    await page.keyboard.press("Tab");
    const id = await focused();
    if (id !== seen.at(-1)) seen.push(id);
    const outline = await page.evaluate(() => {
      const shown = (element) => getComputedStyle(element).outlineStyle !== "none";
      return shown(document.activeElement) || shown(document.activeElement.parentElement);
    });
    assert(outline, `${id} shows that it has the focus`);
  }
  assert.deepEqual(seen, expected);
}

async function spoken(tab) {
  const { page } = tab;
  await tab.example("ES256");
  const tree = await page.locator("body").ariaSnapshot();
  for (const words of [
    /heading "JWT debugger" \[level=1\]/,
    /textbox "Token"/,
    /textbox "Header"/,
    /textbox "Payload"/,
    /textbox "Key or secret"/,
    /status: Accepted/,
    /region "Token"/,
    /table "Claims"/,
    /columnheader "Claim"/,
    /rowheader/,
    /button "Copy token"/,
  ]) {
    assert.match(tree, words);
  }
  assert.match(tree, /Signature \(passed\): valid: signed with this key/);
}
