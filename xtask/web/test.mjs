// Tries the page of the token debugger in a real browser: `node test.mjs PAGE JWT MODULES BROWSER SCREENSHOTS`, which
// `cargo xtask web` runs. What the page signs is verified by Node.js, and what Node.js and ssh-keygen make is given to
// the page.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Browser, serve } from "./browser.mjs";
import accessibility from "./accessibility.mjs";
import hostile from "./hostile.mjs";
import keys from "./keys.mjs";
import tokens from "./tokens.mjs";

const [page, jwt, modules, program, screenshots] = process.argv.slice(2);
const require = createRequire(path.join(modules, "x.js"));
const { chromium } = require("playwright-core");
const axe = fs.readFileSync(path.join(modules, "axe-core/axe.min.js"), "utf8");
fs.mkdirSync(screenshots, { recursive: true });

const served = await serve(jwt);
const browser = await Browser.start(chromium, program);
const failures = [];
let ran = 0;

/// Each case has a page of its own, and must not cause a request, an error or a violation of the page's policy.
async function run(name, address, work, options = {}) {
  const started = performance.now();
  const tab = await browser.open(address, options);
  try {
    await work(tab);
    await tab.assertQuiet();
  } catch (error) {
    failures.push(name);
    console.log(`web: FAILED ${name}: ${error.stack ?? error}`);
    await tab.page.screenshot({ path: path.join(screenshots, "failed.png"), fullPage: true }).catch(() => {});
  } finally {
    await tab.close();
  }
  ran += 1;
  console.log(`web: ${name} ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

try {
  const file = pathToFileURL(page).href;
  for (const [name, address] of [["from disk", file], ["served", served.address]]) {
    await run(`${name}: an example verifies, changes, and is signed again`, address, async (tab) => {
      await tab.example("ES256");
      await tab.expect("signature", "valid", /^valid: signed with this key \(ES256/);
      await tab.expect("time", "valid", /^valid: expires in (59 minutes|1 hour) \(/);
      assert.equal(await tab.text("#summary"), "Accepted");
      const before = await tab.value("token");
      await tab.fill("payload", '{"sub":"5151","exp":4102444800}');
      await tab.until(async () => (await tab.value("token")) !== before);
      await tab.expect("signature", "valid");
      const [, payload] = (await tab.value("token")).split(".");
      assert.equal(Buffer.from(payload, "base64url").toString(), '{"sub":"5151","exp":4102444800}');
    });
    const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjQyIn0.AAAA";
    await run(`${name}: #token= is read and leaves the address`, `${address}#token=${token}`, async (tab) => {
      await tab.until(async () => (await tab.value("payload")).includes("4242"));
      assert.equal(await tab.value("token"), token);
      assert.equal(new URL(tab.page.url()).hash, "");
      await tab.page.evaluate(() => { location.hash = "token=a.b.c"; });
      await tab.until(async () => (await tab.value("token")) === "a.b.c");
    });
  }
  for (const suite of [tokens, keys, hostile]) {
    for (const [name, work] of Object.entries(suite)) await run(name, served.address, work);
  }
  for (const [name, work, options] of accessibility(axe, screenshots)) {
    await run(name, served.address, work, options);
  }
} finally {
  await browser.close();
  served.stop();
}
if (failures.length) {
  console.log(`web: ${failures.length} of ${ran} cases failed: ${failures.join("; ")}`);
  process.exit(1);
}
console.log(`web: ${ran} cases passed in ${browser.version}; screenshots are in ${screenshots}`);
