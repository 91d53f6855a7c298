/**
 * What programs in other languages need beside a CLI that we built: the language host for YAML and the generators of
 * SDKs, built from the Go module proxy with the versions in languages/go.mod.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startProgress } from "../bootstrap/progress.mjs";
import { hasOfficialHosts } from "./beside.ts";
import { prepareGo } from "../go/environment.ts";
import { runGo } from "../go/run.ts";
import { type CliCache, goBuild } from "./cache.ts";

const sources = join(import.meta.dirname, "languages");
const yamlVersion = /pulumi-yaml (v[\d.]+)/.exec(readFileSync(join(sources, "go.mod"), "utf8"))?.[1] ?? "";

const tools = {
  "pulumi-generate-sdk": { packageName: "./generate-sdk", linkerFlags: "-s -w" },
  "pulumi-language-yaml": {
    packageName: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    linkerFlags: `-s -w -X github.com/pulumi/pulumi-yaml/pkg/version.Version=${yamlVersion}`,
  },
};

/** Whether programs in YAML, Python and Go can run; an official installation runs them all. */
export function hasLanguageTools(cache: CliCache): boolean {
  if (hasOfficialHosts(cache)) return true;
  const isThere = Object.keys(tools).every((name) => existsSync(join(cache.binDir, name)));
  return isThere && existsSync(stampOf(cache)) && readFileSync(stampOf(cache), "utf8") === fingerprint();
}

/** Builds them. Throws a Failure when Go or space is missing or the build fails. */
export async function buildLanguageTools(cache: CliCache, environment: NodeJS.ProcessEnv): Promise<void> {
  const { go, env } = await prepareGo(goBuild(cache), environment);
  const progress = startProgress("Building Pulumi's tools for YAML, Python and Go, once, in a minute or two");
  try {
    mkdirSync(cache.binDir, { recursive: true });
    for (const [name, { packageName, linkerFlags }] of Object.entries(tools)) {
      const draft = join(cache.buildDir, name);
      const flags = ["-trimpath", "-tags", "osusergo,grpcnotrace", "-ldflags", linkerFlags];
      await runGo(go, ["build", "-v", ...flags, "-o", draft, packageName], {
        cwd: sources,
        env,
        onStderrLine: (line) => progress.update(line.replace(/^go: /, "")),
      });
      renameSync(draft, join(cache.binDir, name));
    }
    writeFileSync(stampOf(cache), fingerprint());
    progress.done();
  } catch (error) {
    progress.fail();
    throw error;
  }
}

/** Says which sources the tools in the cache were built from. */
function stampOf(cache: CliCache): string {
  return join(cache.binDir, "languages", "built-from");
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of ["go.mod", "go.sum", "generate-sdk/main.go"])
    hash.update(readFileSync(join(sources, file)));
  return hash.digest("hex");
}
