// jose as a peer: reads a JSON list of jobs from standard input, prints the list of outcomes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Installed elsewhere: the folder comes as the first argument.
const require = createRequire(pathToFileURL(process.argv[2] + "/"));
const { SignJWT, jwtVerify, importPKCS8, importSPKI } = await import(pathToFileURL(require.resolve("jose")));

async function keyOf(job, wantsPrivate) {
  if (job.alg.startsWith("HS")) return new TextEncoder().encode(job.secret);
  return wantsPrivate ? importPKCS8(job.private, job.alg) : importSPKI(job.public, job.alg);
}

async function outcome(job) {
  try {
    if (job.do === "sign") {
      const token = await new SignJWT(job.claims).setProtectedHeader({ alg: job.alg }).sign(await keyOf(job, true));
      return { token };
    }
    const options = { algorithms: [job.alg], audience: job.claims.aud };
    const { payload } = await jwtVerify(job.token, await keyOf(job, false), options);
    return { claims: payload };
  } catch (error) {
    const unsupported = error.code === "ERR_JOSE_NOT_SUPPORTED" || error.name === "NotSupportedError";
    return unsupported ? { unsupported: true } : { error: `${error.name}: ${error.message}` };
  }
}

const outcomes = [];
for (const job of JSON.parse(readFileSync(0, "utf8"))) outcomes.push(await outcome(job));
console.log(JSON.stringify(outcomes));
