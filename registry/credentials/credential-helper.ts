/** Docker's credential helpers: a program for each store, spoken to by stdin and stdout (docker-credential-helpers, README). */
import { execFile } from "node:child_process";
import { SpinError } from "../../model/errors/index.ts";
import type { Credential } from "./types.ts";

const timeoutMs = 60_000;
/** The helper's way to say that it has a refresh token and no user. */
const tokenUser = "<token>";
const notFound = /credentials not found|not found in (?:native )?keychain|no credentials server URL/i;

/** `undefined` when the helper knows none. ERR_SPIN_REGISTRY_CREDENTIALS when it fails. */
export async function askHelper(
  name: string,
  key: string,
  environment: NodeJS.ProcessEnv,
): Promise<Credential | undefined> {
  const { exitCode, stdout } = await run(name, "get", key, environment);
  if (exitCode !== 0) {
    if (notFound.test(stdout)) return undefined;
    // What it printed may be a secret, so it is not repeated.
    throw failed(name, `ended with exit code ${exitCode} when asked for ${key}`);
  }
  let said: { Username?: unknown; Secret?: unknown };
  try {
    said = Object(JSON.parse(stdout)) as typeof said;
  } catch {
    throw failed(name, "printed no JSON");
  }
  const { Username: username, Secret: secret } = said;
  if (typeof username !== "string" || typeof secret !== "string" || secret === "") return undefined;
  return username === tokenUser
    ? { kind: "identity", token: secret }
    : { kind: "basic", username, password: secret };
}

export async function storeWithHelper(
  name: string,
  key: string,
  { username, password }: { username: string; password: string },
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const input = JSON.stringify({ ServerURL: key, Username: username, Secret: password });
  const { exitCode } = await run(name, "store", input, environment);
  if (exitCode !== 0) throw failed(name, `ended with exit code ${exitCode} when told to store credentials`);
}

/** Nothing to erase is no failure. */
export async function eraseWithHelper(
  name: string,
  key: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { exitCode, stdout } = await run(name, "erase", key, environment);
  if (exitCode !== 0 && !notFound.test(stdout))
    throw failed(name, `ended with exit code ${exitCode} when told to erase credentials`);
}

async function run(
  name: string,
  verb: "get" | "store" | "erase",
  input: string,
  environment: NodeJS.ProcessEnv,
): Promise<{ exitCode: number; stdout: string }> {
  // The name comes from a file; it must stay the name of a program.
  if (!/^[\w.-]+$/.test(name)) throw failed(name, "is no name of a helper");
  const program = `docker-credential-${name}`;
  return new Promise((resolve, reject) => {
    const child = execFile(program, [verb], { env: environment, timeout: timeoutMs }, (error, stdout) => {
      const { code = 0, killed = false } = error ?? {};
      if (typeof code === "number" && !killed) resolve({ exitCode: code, stdout });
      else reject(failed(name, killed ? `did not answer within ${timeoutMs / 1000} s` : "cannot be started"));
    });
    // One that ends without reading is judged by how it ends.
    child.stdin?.on("error", () => undefined).end(input);
  });
}

function failed(name: string, problem: string): SpinError {
  return new SpinError(
    "ERR_SPIN_REGISTRY_CREDENTIALS",
    `The credential helper docker-credential-${name.replaceAll(/\p{C}/gu, "?")} ${problem}.`,
    {
      hint: "Install or repair the helper, or take it out of credsStore and credHelpers in Docker's config.json.",
    },
  );
}
