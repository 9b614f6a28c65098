// A browser, and one page in it with the words that the cases speak.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";

/// In milliseconds: RSA keys are found by chance.
const PATIENCE = 60_000;

/// Starts `jwt debugger`, which prints its address first.
export async function serve(jwt) {
  const child = spawn(jwt, ["debugger"], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    let printed = "";
    child.stdout.on("data", (data) => {
      printed += data;
      if (printed.includes("\n")) resolve(printed.trim());
    });
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`jwt debugger ended with status ${status}`)));
  });
  assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/$/);
  return { address, stop: () => child.kill() };
}

export class Browser {
  static async start(chromium, program) {
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const quiet = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    const self = new Browser();
    self.browser = await chromium.launch({ executablePath: await found(program), args: [...sandbox, ...quiet] });
    self.version = `${program} ${self.browser.version()}`;
    return self;
  }

  async open(address, options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const tab = new Tab();
    tab.context = context;
    tab.address = address.split("#")[0];
    tab.requests = [];
    tab.errors = [];
    context.on("request", (request) => tab.requests.push(request.url()));
    await context.addInitScript(() => {
      self.violations = [];
      addEventListener("securitypolicyviolation", (event) => {
        self.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
      });
    });
    tab.page = await context.newPage();
    tab.page.on("pageerror", (error) => tab.errors.push(String(error)));
    tab.page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) tab.errors.push(message.text());
    });
    await tab.page.goto(address);
    return tab;
  }

  close() {
    return this.browser.close();
  }
}

/// The path of a program.
async function found(program) {
  const { execFileSync } = await import("node:child_process");
  return execFileSync("sh", ["-c", 'command -v "$1"', "sh", program], { encoding: "utf8" }).trim();
}

export class Tab {
  text(selector) {
    return this.page.locator(selector).textContent();
  }

  value(id) {
    return this.page.locator(`#${id}`).inputValue();
  }

  fill(id, text) {
    return this.page.locator(`#${id}`).fill(text);
  }

  choose(id, value) {
    return this.page.locator(`#${id}`).selectOption(value);
  }

  click(id) {
    return this.page.locator(`#${id}`).click();
  }

  async example(algorithm) {
    await this.choose("example", algorithm);
    const before = await this.value("token");
    await this.click("show-example");
    await this.until(async () => (await this.value("token")) !== before && (await this.state("signature")) !== "unknown");
  }

  state(line) {
    return this.page.locator(`#verdict-${line}`).getAttribute("data-state");
  }

  /// Waits until one verdict line is so.
  async expect(line, state, words = /./) {
    let seen;
    await this.until(async () => {
      seen = [await this.state(line), await this.text(`#verdict-${line} .words`)];
      return seen[0] === state && words.test(seen[1]);
    }, () => `${line}: ${seen?.join(": ")}, expected ${state} ${words}`);
  }

  async until(holds, what = () => String(holds)) {
    const end = performance.now() + PATIENCE;
    while (!(await holds())) {
      if (performance.now() > end) throw new Error(`waited in vain: ${what()}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  /// Nothing but the page itself was asked for, and nothing went wrong.
  async assertQuiet() {
    const own = (url) => url.split("#")[0] === this.address || url.startsWith("blob:") || url.startsWith("data:");
    assert.deepEqual(this.requests.filter((url) => !own(url)), [], "requests");
    assert.deepEqual(await this.page.evaluate(() => self.violations), [], "violations of the policy");
    assert.deepEqual(this.errors, [], "errors");
    assert.equal(new URL(this.page.url()).search, "", "state in the query");
  }

  close() {
    return this.context.close();
  }
}
