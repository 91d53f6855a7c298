/** Programs that `pulumi-spin import` writes: they compile, and their Apps are the manifests that they came from. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import ts from "typescript";
import { importCommand } from "../../cli/commands/import.ts";
import { canonicalJson, type Json } from "../../model/json.ts";
import {
  lockManifest,
  type Manifest,
  normalizeManifest,
  parseManifest,
  synthesize,
} from "../../model/index.ts";
import { outboundHostsOf } from "../../model/manifest/http-hosts.ts";
import { localContent } from "../../registry/local-content/index.ts";
import { pulumiSpin } from "./pulumi-spin.ts";
import { manifests } from "./imported-manifests.ts";

jest.setTimeout(120_000);

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const root = mkdtempSync(join(tmpdir(), "pulumi-spin-import-"));
const entries = Object.entries(manifests).map(([name, text], index) => ({
  name,
  text,
  folder: join(root, `app-${index}`),
}));

interface Ran {
  error?: string;
  manifest?: string;
  definition?: { lockedApp: Json };
}
let ran: Ran[] = [];

async function imported(
  file: string,
  options: [string, string][] = [],
): Promise<{ program: string; notes: string[] }> {
  const line = {
    arguments: [file],
    flags: new Set<string>(),
    options: new Map(options),
    lists: new Map<string, string[]>(),
    stateDir: undefined,
    format: "json" as const,
  };
  return (await importCommand.run(line)).data as { program: string; notes: string[] };
}

beforeAll(async () => {
  symlinkSync(join(checkout, "node_modules"), join(root, "node_modules"));
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  for (const { text, folder } of entries) {
    mkdirSync(join(folder, "assets"), { recursive: true });
    for (const name of ["api", "web", "lib", "app", "new", "auth"])
      copyFileSync(join(checkout, "test/fixtures/upgrade/0.1.0/api.wasm"), join(folder, `${name}.wasm`));
    writeFileSync(join(folder, "assets/index.html"), "<h1>hi</h1>");
    writeFileSync(join(folder, "assets/a.txt"), "a".repeat(200));
    writeFileSync(join(folder, "assets/x.map"), "no");
    writeFileSync(join(folder, "spin.toml"), text);
    const { program } = await imported(join(folder, "spin.toml"));
    writeFileSync(join(folder, "index.ts"), program);
    const sdk = JSON.stringify(join(checkout, "sdk", "index.ts"));
    writeFileSync(join(folder, "index.run.ts"), program.replace('"pulumi-spin"', sdk));
  }
  const script = fileURLToPath(new URL("run-programs.ts", import.meta.url));
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [script, ...entries.map(({ folder }) => folder)],
    {
      encoding: "utf8",
      env: { ...process.env, XDG_CACHE_HOME: join(root, "cache") },
    },
  );
  if (status !== 0) throw new Error(stderr);
  ran = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Ran[];
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test("every program compiles", () => {
  const program = ts.createProgram(
    entries.map(({ folder }) => join(folder, "index.ts")),
    {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.NodeNext,
      strict: true,
      noUnusedLocals: false,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
      types: ["node"],
      typeRoots: [join(checkout, "node_modules/@types")],
      paths: { "pulumi-spin": [join(checkout, "sdk/index.ts")] },
    },
  );
  const found = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file === undefined ? "" : file.text.slice(start).split("\n")[0];
    return `${file?.fileName}: ${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
  expect(found).toEqual([]);
});

test.each(entries.map((it, index) => [it.name, { ...it, index }] as const))(
  "%s: the App is the manifest, and locks to the same bytes",
  async (_name, { text, folder, index }) => {
    const { error, manifest, definition } = ran[index] ?? {};
    expect(error).toBeUndefined();
    const original = normalizeManifest(parseManifest(text));
    const locked = lockManifest(original, await localContent(original, folder));
    expect(JSON.stringify(definition?.lockedApp)).toBe(JSON.stringify(locked));
    expect(plain(parseManifest(manifest ?? ""))).toBe(plain(parseManifest(text)));
  },
);

/** The form that Spin loads, without what says nothing; the old hosts as what they mean. */
function plain(manifest: Manifest): string {
  const normal = normalizeManifest(manifest);
  const component = Object.entries(normal.component).map(([id, it]) => {
    const { allowed_http_hosts: _old, ...rest } = it;
    return [id, { ...rest, allowed_outbound_hosts: outboundHostsOf(it) }];
  });
  const pruned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(pruned);
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([key, it]): [string, unknown] => [key, pruned(it)]);
    const isThere = (it: unknown): boolean =>
      typeof it !== "object" || it === null || Object.keys(it).length > 0;
    return Object.fromEntries(members.filter(([, it]) => isThere(it)));
  };
  return canonicalJson(pruned({ ...normal, component: Object.fromEntries(component) }));
}

describe("the command", () => {
  const folder = join(root, "command");
  const file = join(folder, "spin.toml");
  const secret = `spin_manifest_version = 2
# Sells things.
[application]
name = "shop"
[variables]
api_token = { default = "open-sesame", secret = true }
[[trigger.http]]
route = "/..."
component = "web"
[component.web]
source = "web.wasm" # a comment beside
`;

  beforeAll(() => {
    mkdirSync(folder);
    writeFileSync(file, secret);
  });

  test("prints the program, tells on stderr what it left out, and repeats no secret", async () => {
    const { exitCode, stdout, stderr } = await pulumiSpin(["import", file]);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`// Sells things.
import * as pulumi from "@pulumi/pulumi";
import { App, Component, HostDeployment, Route, Variable } from "pulumi-spin";

const apiToken = new Variable("api_token", { secret: true });

const web = new Component("web", { source: "web.wasm" });

const app = new App("shop", {
  variables: [apiToken],
  components: [web],
  routes: [new Route("all", { route: "/...", component: web })],
});

const config = new pulumi.Config();
const deployment = new HostDeployment("local", {
  app,
  variables: {
    // Its default in spin.toml is not repeated here: set it as a secret of the stack.
    api_token: config.requireSecret("apiToken"),
  },
});

export const url = deployment.url;
`);
    expect(stderr).toContain("pulumi config set --secret apiToken");
    expect(stdout + stderr).not.toContain("sesame");
  });

  test("writes a project, and replaces a program only when told to", async () => {
    const out = join(root, "out");
    expect(await pulumiSpin(["import", file, "--out", out])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining("index.ts, Pulumi.yaml, package.json, tsconfig.json"),
      stderr: expect.stringContaining(`Pulumi has to run it in ${folder}`),
    });
    expect(readFileSync(join(out, "Pulumi.yaml"), "utf8")).toBe("name: shop\nruntime: nodejs\n");
    writeFileSync(join(out, "index.ts"), "// mine\n");
    writeFileSync(join(out, "package.json"), "{}");
    expect(await pulumiSpin(["import", file, "--out", out])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("ERR_SPIN_IMPORT_EXISTS"),
    });
    expect(readFileSync(join(out, "index.ts"), "utf8")).toBe("// mine\n");
    expect(await pulumiSpin(["import", file, "--out", out, "--yes"])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(out, "index.ts"), "utf8")).toContain("new App");
    expect(readFileSync(join(out, "package.json"), "utf8")).toBe("{}");
  });

  test("writes what a profile makes of the manifest", async () => {
    const { folder: of } = entries.find(({ name }) => name === "profiles") ?? { folder: "" };
    const { program } = await imported(join(of, "spin.toml"), [["profile", "debug"]]);
    expect(program).toContain('source: "lib.wasm"');
    expect(program).toContain('environment: { MODE: "debug" }');
    expect(program).not.toContain("profiles:");
  });

  test.each([
    ["a date", 'name = "x"\n[application.tool.x]\nwhen = 2026-01-01\n', "ERR_SPIN_IMPORT"],
    ["an absolute source", 'name = "x"\n', "ERR_SPIN_COMPONENT_SOURCE"],
  ])("refuses %s, and writes nothing", async (_what, application, code) => {
    const bad = join(folder, "bad.toml");
    const source = code === "ERR_SPIN_IMPORT" ? "web.wasm" : "/web.wasm";
    writeFileSync(
      bad,
      `spin_manifest_version = 2\n[application]\n${application}[[trigger.http]]\nroute = "/"\ncomponent = "web"\n[component.web]\nsource = "${source}"\n`,
    );
    const out = join(root, "nothing");
    const { exitCode, stderr } = await pulumiSpin(["import", bad, "--out", out]);
    expect({ exitCode, code: /\[(ERR_\w+)\]/.exec(stderr)?.[1] }).toEqual({ exitCode: 1, code });
    expect(existsSync(out)).toBe(false);
  });

  test("the canonical text of a manifest gives the same program", async () => {
    const again = join(folder, "again.toml");
    writeFileSync(again, synthesize(parseManifest(secret)));
    const [first, second] = [await imported(file), await imported(again)];
    expect(second.program).toBe(first.program.replace("// Sells things.\n", ""));
  });
});
