import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import { checkout } from "../../scripts/bootstrap/paths.mjs";
import { type Declared, dynamic, plugin, ref, secret } from "../support/front-ends.ts";
import { openProgram, type Program } from "../support/program.ts";

jest.setTimeout(180_000);

/** A program and its state as an earlier version of the package left it; that version's provider text is put back in. */
const fixtures = join(checkout, "test", "fixtures", "upgrade");

interface Resource {
  type: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

function stateOf(version: string): string {
  const providerText = readFileSync(join(fixtures, version, "provider-text.txt"), "utf8");
  const state = JSON.parse(readFileSync(join(fixtures, version, "state.json"), "utf8")) as {
    deployment: { resources: Resource[] };
  };
  for (const { type, inputs, outputs } of state.deployment.resources) {
    for (const bag of [inputs, outputs]) {
      if (bag?.["__provider"] === "frozen")
        bag["__provider"] = providerText.replaceAll("KIND", type.split(":").at(-1) ?? "");
    }
  }
  return JSON.stringify(state);
}

/** The program with the state of that version. */
async function openUpgraded(version: string): Promise<Program> {
  const program = await openProgram({
    from: join(fixtures, version),
    environment: { PULUMI_CONFIG_PASSPHRASE_FILE: "", PULUMI_CONFIG_PASSPHRASE: "upgrade" },
  });
  program.write("exported.json", stateOf(version));
  expect(await program.pulumi("stack", "import", "--file", "exported.json")).toMatchObject({ exitCode: 0 });
  return program;
}

/** A preview that finds nothing, and after the change of a file one that finds just that. */
async function changesJustTheRoute(program: Program, file: string): Promise<void> {
  const again = await program.pulumi("preview", "--diff", "--expect-no-changes");
  expect(again).toMatchObject({ exitCode: 0, output: expect.stringMatching(/1[34] unchanged/) });
  program.write(file, program.read(file).replace("/hello", "/hallo"));
  const { output } = await program.pulumi("preview", "--diff");
  expect(output).toMatch(/~ route *: "\/hello" => "\/hallo"/);
  expect(output).toContain("3 to update");
  expect(output).not.toContain("replace");
}

describe.each(readdirSync(fixtures))("the state of version %s", (version) => {
  test("20 dynamic: what an earlier version stored is taken as it is, and another route changes just that", async () => {
    const program = await openUpgraded(version);
    try {
      await changesJustTheRoute(program, "index.ts");
    } finally {
      await program.dispose();
    }
  });

  test("20 plugin: so it is by the plugin, when the same program is moved there", async () => {
    const program = await openUpgraded(version);
    try {
      program.write(
        "Pulumi.yaml",
        plugin.files({ resources: sameProgram() }, "upgrade")["Pulumi.yaml"] ?? "",
      );
      await changesJustTheRoute(program, "Pulumi.yaml");
    } finally {
      await program.dispose();
    }
  });
});

/** index.ts of the fixtures, with aliases for the resources that were dynamic. */
function sameProgram(): Record<string, Declared> {
  const resources: Record<string, Declared> = {
    greeting: { type: "Variable", inputs: { default: "Hello", description: "Said first." } },
    token: { type: "Variable", inputs: { secret: true } },
    region: { type: "Variable" },
    visits: {
      type: "CapabilityGrant",
      inputs: { keyValueStores: ["default"], reason: "counts visits" },
    },
    outside: {
      type: "CapabilityGrant",
      inputs: {
        allowedOutboundHosts: ["https://{{ region }}.example.com", "http://self"],
        variables: { greeting: "{{ greeting }}", token: "{{ token }}", region: "{{ region }}" },
        owner: "web team",
      },
    },
    api: {
      type: "Component",
      inputs: {
        source: "api.wasm",
        grants: [ref("visits"), ref("outside")],
        environment: { MODE: "test" },
        description: "Answers.",
      },
    },
    built: {
      type: "Component",
      inputs: {
        source: "built/out.wasm",
        build: { command: ["cp", "../api.wasm", "out.wasm"], workdir: "built", watch: ["*.txt"] },
      },
    },
    all: { type: "Route", inputs: { route: "/...", component: "api" } },
    builtRoute: { type: "Route", inputs: { private: true, component: "built" } },
    hello: {
      type: "Route",
      inputs: {
        route: "/hello",
        staticResponse: { statusCode: 201, headers: { "content-type": "text/plain" }, body: "hello" },
      },
    },
    shop: {
      type: "App",
      inputs: {
        version: "1.2.3",
        description: "A shop.",
        authors: ["Ada <ada@example.com>"],
        variables: ["greeting", "token", "region"].map(ref),
        components: ["api", "built"].map(ref),
        routes: ["all", "builtRoute", "hello"].map(ref),
      },
    },
    local: {
      type: "HostDeployment",
      inputs: {
        app: ref("shop"),
        listen: "127.0.0.1:0",
        variables: { token: secret("open-sesame"), region: "eu" },
        host: { stateDir: "host" },
      },
    },
  };
  return Object.fromEntries(
    Object.entries(resources).map(([name, it]) => {
      const alias = { type: dynamic.typeOf(it.type), ...(name === "builtRoute" ? { name: "built" } : {}) };
      return [name, { ...it, options: { aliases: [alias] } }];
    }),
  );
}
