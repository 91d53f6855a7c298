/** The sources of this checkout in a folder of their own, with its packages: what `npm start` finds in a clone. */
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { checkout } from "../../scripts/bootstrap/paths.mjs";

interface ScriptRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface FreshCheckout {
  dir: string;
  /** Runs `main` of scripts/<script>, as `npm run` does once everything is installed. */
  run(script: string, ...args: string[]): Promise<ScriptRun>;
  remove(): void;
}

/** What was compiled and built comes along: both are recognized by content, and other tests build them. */
export async function copyCheckout(): Promise<FreshCheckout> {
  const dir = mkdtempSync(join(tmpdir(), "checkout-"));
  const { stdout } = await execa("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: checkout,
  });
  const built = [
    "dist",
    ...["api", "stats"].map((id) => `examples/quickstart/components/${id}/dist/${id}.wasm`),
  ];
  for (const name of [...stdout.split("\n"), ...built]) {
    if (existsSync(join(checkout, name))) cpSync(join(checkout, name), join(dir, name), { recursive: true });
  }
  symlinkSync(join(checkout, "node_modules"), join(dir, "node_modules"));
  return {
    dir,
    run: (script, ...args) => run(dir, script, args),
    remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

async function run(dir: string, script: string, args: string[]): Promise<ScriptRun> {
  // Beside run.mjs, which would install into the packages of this checkout.
  const program = `
    import { reportFailure } from "./scripts/bootstrap/failure.mjs";
    const { main } = await import(${JSON.stringify(`./scripts/${script}`)});
    process.exitCode = await main({ args: ${JSON.stringify(args)}, installMs: 0 }).catch(reportFailure);`;
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ["--input-type=module", "--eval", program],
    {
      cwd: dir,
      env: { PATH: [dirname(process.execPath), process.env["PATH"]].join(":") },
      reject: false,
      stdin: "ignore",
    },
  );
  return { exitCode: exitCode ?? 1, stdout, stderr };
}
