"use strict";
(() => {
  const ALGORITHMS = [
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
    "ES256K", "EdDSA", "Ed25519", "ML-DSA-44", "ML-DSA-65", "ML-DSA-87",
  ];
  /// What the icons of the verdicts say, for those who do not see them.
  const STATES = { valid: "passed", warning: "warning", invalid: "failed", unknown: "not checked" };
  /// A longer text is not painted: a browser would take long to lay it out.
  const LONGEST_PAINTED = 200_000;

  const byId = (id) => document.getElementById(id);
  const field = Object.fromEntries(
    ["token", "header", "payload", "key", "form", "passphrase", "issuer", "audience", "subject", "leeway", "now",
      "example", "algorithm", "bits", "theme"].map((id) => [id, byId(id)]),
  );

  // What is asked goes to a thread of its own, and comes back in order.

  const worker = { thread: null, waiting: new Map(), next: 1 };

  async function module() {
    const packed = Uint8Array.from(atob(byId("wasm").textContent.trim()), (character) => character.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(stream).arrayBuffer();
  }
  const loaded = module();

  async function start() {
    const script = new Blob([byId("worker").textContent], { type: "text/javascript" });
    const address = URL.createObjectURL(script);
    const trusted = self.trustedTypes
      ? (start.policy ??= trustedTypes.createPolicy("debugger", { createScriptURL: (own) => own })).createScriptURL(address)
      : address;
    const thread = new Worker(trusted);
    thread.onmessage = ({ data }) => {
      const answer = worker.waiting.get(data.id);
      worker.waiting.delete(data.id);
      if (data.failure) {
        stop(new Error(data.failure));
        answer?.reject(new Error(data.failure));
      } else {
        answer?.resolve(JSON.parse(data.report));
      }
    };
    thread.onerror = (event) => stop(new Error(event.message || "the page's own code could not be started"));
    thread.postMessage({ wasm: await loaded });
    return thread;
  }

  /// Ends a thread in which something went wrong; the next request starts another.
  function stop(error) {
    const { thread, waiting } = worker;
    Object.assign(worker, { thread: null, waiting: new Map() });
    thread?.then((started) => started.terminate());
    for (const answer of waiting.values()) answer.reject(error);
  }

  async function ask(method, request) {
    worker.thread ??= start();
    const thread = await worker.thread;
    const id = worker.next++;
    return new Promise((resolve, reject) => {
      worker.waiting.set(id, { resolve, reject });
      thread.postMessage({ id, method, request: JSON.stringify(request) });
    });
  }

  // What the page holds.

  /// The token was edited, and header and payload are to be written anew from it.
  let unread = true;
  /// Header or payload were edited, and no key has signed them yet.
  let unsigned = false;
  /// The last question; what answers an older one is not shown.
  let turn = 0;
  let lastReport = null;
  let lastAlgorithm = "";

  const key = () => ({ text: field.key.value, form: field.form.value, passphrase: field.passphrase.value });
  function now() {
    const set = Date.parse(`${field.now.value}Z`);
    return Math.floor((Number.isNaN(set) ? Date.now() : set) / 1000);
  }
  const policy = () => ({
    issuer: field.issuer.value.trim(),
    audience: field.audience.value.trim(),
    subject: field.subject.value.trim(),
    leeway: Math.min(Math.max(Math.floor(Number(field.leeway.value)) || 0, 0), 86_400),
    allow_missing_exp: byId("allow-missing-exp").checked,
  });

  async function attempt(work) {
    const mine = ++turn;
    const slow = setTimeout(() => document.body.setAttribute("aria-busy", "true"), 250);
    try {
      await work(() => mine === turn);
    } catch (error) {
      if (mine === turn) {
        setText("summary", `Something went wrong in the page: ${error.message}`);
        byId("verdict-card").dataset.state = "invalid";
      }
    } finally {
      clearTimeout(slow);
      if (mine === turn) document.body.removeAttribute("aria-busy");
    }
  }

  /// Makes the page say what its fields ask for, whatever was edited last.
  function refresh() {
    const hasText = field.header.value.trim() || field.payload.value.trim();
    return unsigned && hasText ? sign() : attempt(inspect);
  }

  async function inspect(isLast) {
    const report = await ask("inspect", { token: field.token.value, key: key(), policy: policy(), now: now() });
    if (isLast()) show(report);
  }

  /// Signs header and payload as they stand.
  const sign = () => attempt(async (isLast) => {
    const report = await ask("sign", { header: field.header.value, payload: field.payload.value, key: key() });
    if (!isLast()) return;
    const problem = report.problem;
    problemAt("header", problem?.place === "header" && problem);
    problemAt("payload", problem?.place === "payload" && problem);
    unsigned = !report.token;
    if (report.token) {
      field.token.value = report.token;
      stale(report.warning && !report.warning.includes("WEAK") ? `Note: ${report.warning}.` : "");
    } else if (report.signing_input) {
      // The old signature stays, so that the verdict shows that it does not hold.
      const signature = field.token.value.split(".")[2] ?? "";
      field.token.value = `${report.signing_input}.${signature}`;
      stale(`Not signed again: ${problem.message}.`);
    } else {
      stale("The token still has the last text that could be read.");
    }
    await inspect(isLast);
  });

  async function make(method, request, button) {
    const label = button.textContent;
    button.disabled = true;
    button.textContent = "Working …";
    try {
      return await ask(method, request);
    } catch (error) {
      return { problem: { message: error.message } };
    } finally {
      button.disabled = false;
      button.textContent = label;
      button.focus();
    }
  }

  async function showExample() {
    turn++;
    const report = await make("example", { alg: field.example.value, now: now() }, byId("show-example"));
    if (report.problem) return problemAt("key", report.problem);
    field.token.value = report.token;
    setKey(report.key);
    tokenChanged();
    say(`Example for ${field.example.value}`);
    refresh();
  }

  async function generate() {
    turn++;
    const algorithm = field.algorithm.value;
    const bits = byId("bits-field").hidden ? undefined : Number(field.bits.value);
    const report = await make("generate", { alg: algorithm, bits }, byId("generate"));
    if (report.problem) return problemAt("key", report.problem);
    setKey(report.key);
    say(`New key for ${algorithm}`);
    setAlgorithm(algorithm);
    unread = false;
    if (!field.payload.value.trim()) field.payload.value = `{\n  "sub": "4242",\n  "iat": ${now()},\n  "exp": ${now() + 3600}\n}`;
    sign();
  }

  /// Writes `alg` into the header's text, and leaves the rest of it.
  function setAlgorithm(algorithm) {
    const named = /("alg"\s*:\s*)"(?:[^"\\]|\\.)*"/;
    const text = field.header.value;
    field.header.value = named.test(text)
      ? text.replace(named, (_, name) => `${name}"${algorithm}"`)
      : `{\n  "alg": "${algorithm}",\n  "typ": "JWT"\n}`;
  }

  function setKey({ text, form }) {
    field.key.value = text;
    field.form.value = form;
    field.passphrase.value = "";
  }

  // What the page shows. Texts of others are only ever set as text.

  function show(report) {
    lastReport = report;
    if (report.token !== undefined && report.token !== field.token.value) field.token.value = report.token;
    if (unread) {
      unread = false;
      field.header.value = report.header?.text ?? "";
      field.payload.value = report.payload?.text ?? "";
      problemAt("header", report.header?.problem);
      problemAt("payload", report.payload?.problem);
      stale("");
    }
    paint(report);
    problemAt("token", report.problem);
    showVerdicts(report);
    showKey(report.key);
    showRows("claims", report.claim_rows);
    showRows("parameters", report.header_rows);
    byId("no-claims").hidden = Boolean(report.claim_rows?.length);
    byId("parameters-title").hidden = !report.header_rows?.length;
    const named = report.header_rows?.find((row) => row.name === "alg");
    setText("alg-words", named?.words ?? "");
    if (named?.words && named.value !== lastAlgorithm) {
      // A new key is most likely wanted for the same.
      lastAlgorithm = field.algorithm.value = named.value;
      algorithmChosen();
    }
  }

  function paint(report) {
    const token = field.token.value;
    const painted = byId("painted");
    const pane = byId("token-pane");
    painted.replaceChildren();
    pane.toggleAttribute("data-painted", token.length > 0 && token.length <= LONGEST_PAINTED);
    pane.toggleAttribute("data-invalid", Boolean(report.problem));
    if (token.length > LONGEST_PAINTED) return;
    const bad = report.problem?.at;
    let from = 0;
    const put = (to, kind) => {
      if (to <= from) return;
      const span = document.createElement("span");
      span.className = kind;
      if (bad !== undefined && bad >= from && bad < to) {
        const mark = document.createElement("mark");
        mark.textContent = String.fromCodePoint(token.codePointAt(bad));
        const behind = bad + mark.textContent.length;
        span.append(token.slice(from, bad), mark, token.slice(behind, to));
      } else {
        span.textContent = token.slice(from, to);
      }
      painted.append(span);
      from = to;
    };
    for (const kind of ["header", "payload", "signature"]) {
      const part = report[kind];
      if (!part || part.end <= part.start) continue;
      put(part.start, "dot");
      put(part.end, kind);
    }
    put(token.length, "dot");
    // A line break at the end of a text needs something behind it to be laid out.
    painted.append("\u200b");
  }

  function showVerdicts(report) {
    const verdicts = report.verdicts;
    const empty = !field.token.value;
    byId("verdict-card").dataset.state = verdicts?.all.state ?? (empty ? "unknown" : "invalid");
    setText("summary", verdicts?.all.message ?? (empty ? "Nothing to check yet" : "Not a token"));
    for (const name of ["signature", "time", "policy"]) {
      const line = byId(`verdict-${name}`);
      line.dataset.state = verdicts?.[name].state ?? "unknown";
      const text = verdicts?.[name].message ?? "not checked";
      const place = line.querySelector(".words");
      if (place.textContent !== text) place.textContent = text;
      line.querySelector(".spoken").textContent = ` (${STATES[line.dataset.state]}):`;
    }
    const suggestion = verdicts?.signature.suggestion;
    byId("suggestion").hidden = !suggestion;
    if (suggestion) {
      const words = suggestion === "hex" ? "hexadecimal" : suggestion;
      byId("suggestion").querySelector("span").textContent = `The signature holds if the secret is read as ${words}.`;
      byId("take-suggestion").textContent = `Read it as ${words}`;
      byId("take-suggestion").dataset.form = suggestion;
    }
  }

  function showKey(report) {
    if (!report) return;
    const name = byId("key-name");
    name.hidden = !report.name;
    name.querySelector("b").textContent = report.name;
    const uses = report.algorithms.length > 3 && report.name === "JWK Set" ? "" : `; for ${report.algorithms.join(", ")}`;
    const use = report.signs ? "signs and verifies" : "verifies";
    name.querySelector("span").textContent = `– ${report.detail}${uses}; ${use}`;
    const notes = byId("key-notes");
    notes.hidden = !report.notes.length;
    notes.replaceChildren(...report.notes.map((note) => {
      const item = document.createElement("li");
      item.textContent = note;
      return item;
    }));
    const warning = byId("key-warning");
    warning.hidden = !report.warning;
    setText("key-warning", report.warning ?? "");
    problemAt("key", report.problem);
    byId("passphrase-field").hidden = !report.wants_passphrase && !field.passphrase.value;
    const open = report.public;
    byId("public").hidden = !open;
    for (const form of ["pem", "jwk", "openssh"]) byId(`public-${form}`).value = open?.[form] ?? "";
    byId("openssh-field").hidden = !open?.openssh;
    byId("thumbprint").value = open?.thumbprint ?? "";
  }

  function showRows(id, rows) {
    const table = byId(id);
    table.hidden = !rows?.length;
    const part = (tag, kind, text) => {
      const element = document.createElement(tag);
      element.className = kind;
      element.textContent = text;
      return element;
    };
    table.tBodies[0].replaceChildren(...(rows ?? []).map((row) => {
      const line = document.createElement("tr");
      const name = document.createElement("th");
      name.scope = "row";
      name.append(part("span", "name", row.name));
      if (row.title) name.append(part("span", "title", row.title));
      if (row.meaning) name.append(part("span", "meaning", row.meaning), part("span", "source", row.source));
      const value = document.createElement("td");
      value.append(part("span", "value", row.value));
      if (row.time) value.append(part("span", "moment", row.time));
      if (row.words) value.append(part("span", "moment", row.words));
      line.append(name, value);
      return line;
    }));
  }

  function problemAt(place, problem) {
    const id = `${place}-problem`;
    byId(id).hidden = !problem;
    setText(id, problem ? problem.message : "");
    if (problem) field[place].setAttribute("aria-invalid", "true");
    else field[place].removeAttribute("aria-invalid");
  }

  function stale(message) {
    byId("stale").hidden = !message;
    setText("stale", message);
  }

  function setText(id, text) {
    const place = byId(id);
    if (place.textContent !== text) place.textContent = text;
  }

  const say = (text) => setText("spoken", text);

  async function copy(button) {
    const source = byId(button.dataset.copy);
    let copied = false;
    try {
      await navigator.clipboard.writeText(source.value);
      copied = true;
    } catch {
      // Not every browser has a clipboard for pages from disk.
      const active = document.activeElement;
      source.select();
      copied = document.execCommand("copy");
      active?.focus();
    }
    const label = button.firstChild;
    label.textContent = copied ? "Copied" : "Press Ctrl+C";
    say(copied ? "Copied" : "Not copied");
    setTimeout(() => { label.textContent = "Copy"; }, 1500);
  }

  /// A key of a file; what is no text is given on in base64.
  async function openFile(file) {
    if (!file) return;
    const bytes = new Uint8Array(await file.slice(0, 1 << 20).arrayBuffer());
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    }
    setKey({ text, form: "auto" });
    refresh();
  }

  function tokenChanged() {
    unread = true;
    unsigned = false;
  }

  function textChanged() {
    unread = false;
    unsigned = true;
  }

  function algorithmChosen() {
    byId("bits-field").hidden = !/^[RP]S/.test(field.algorithm.value);
  }

  /// A token behind `#token=`, which is taken out of the address again, so that it does not stay in the history.
  function fromAddress() {
    const token = new URLSearchParams(location.hash.slice(1)).get("token");
    if (token === null) return false;
    try {
      history.replaceState(null, "", location.pathname);
    } catch {
      // A page from disk may not be allowed to.
    }
    field.token.value = token;
    tokenChanged();
    refresh();
    return true;
  }

  function clear() {
    for (const id of ["token", "header", "payload", "key", "passphrase", "issuer", "audience", "subject", "now"]) field[id].value = "";
    field.form.value = "auto";
    field.leeway.value = "0";
    byId("allow-missing-exp").checked = false;
    tokenChanged();
    // The thread remembers the key that it read last.
    stop(new Error("cleared"));
    refresh();
    field.token.focus();
  }

  /// Waits until somebody stops typing, wherever they type.
  let typing;
  function soon() {
    // An answer that is under way is to what stood there before, and must not write over what is typed.
    turn++;
    clearTimeout(typing);
    typing = setTimeout(() => {
      typing = undefined;
      refresh();
    }, 120);
  }

  for (const list of [field.example, field.algorithm]) list.append(...ALGORITHMS.map((name) => new Option(name, name)));
  field.example.value = "ES256";
  field.algorithm.value = "ES256";

  field.token.addEventListener("input", tokenChanged);
  for (const id of ["header", "payload"]) field[id].addEventListener("input", textChanged);
  for (const id of ["token", "header", "payload", "key", "passphrase", "issuer", "audience", "subject", "leeway", "now"]) {
    field[id].addEventListener("input", soon);
  }
  for (const element of [field.form, byId("allow-missing-exp")]) element.addEventListener("change", refresh);
  field.algorithm.addEventListener("change", algorithmChosen);
  field.theme.addEventListener("change", () => { document.documentElement.dataset.theme = field.theme.value; });
  byId("show-example").addEventListener("click", showExample);
  byId("generate").addEventListener("click", generate);
  byId("sign").addEventListener("click", sign);
  byId("clear").addEventListener("click", clear);
  byId("open-file").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", (event) => {
    openFile(event.target.files[0]);
    event.target.value = "";
  });
  byId("take-suggestion").addEventListener("click", (event) => {
    field.form.value = event.target.dataset.form;
    field.form.focus();
    refresh();
  });
  for (const button of document.querySelectorAll("[data-copy]")) button.addEventListener("click", () => copy(button));
  addEventListener("hashchange", fromAddress);
  // Times go on.
  setInterval(() => {
    if (!document.hidden && !typing && !worker.waiting.size && lastReport?.verdicts) attempt(inspect);
  }, 5_000);

  if (!fromAddress()) refresh();
})();
