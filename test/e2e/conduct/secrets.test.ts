import { createServer, type Server } from "node:net";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type Declared, frontEnds, ref, secret } from "../../support/front-ends.ts";
import { openStack, type Run, type Stack } from "../../support/stack.ts";

jest.setTimeout(300_000);

const canaries = {
  /** Wrapped by the program. */
  wrapped: "canary-a1f0",
  /** In plain text in the program, of a variable that the app declares secret. */
  declared: "canary-b2e1",
  /** In the provider's settings. */
  setting: "canary-c3d2",
  /** Where none may be. */
  misplaced: "canary-d4c3",
};

describe.each(frontEnds)("$name", (frontEnd) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await openStack(frontEnd);
  });
  afterAll(() => stack.dispose());

  const write = (more: Record<string, Declared> = {}, listen = stack.listen): void =>
    stack.write({
      resources: {
        token: { type: "Variable", inputs: { secret: true } },
        password: { type: "Variable", inputs: { secret: true } },
        fact: { type: "Route", inputs: { route: "/fact", staticResponse: { body: "fact" } } },
        shop: {
          type: "App",
          inputs: { components: [], variables: [ref("token"), ref("password")], routes: [ref("fact")] },
        },
        local: {
          type: "HostDeployment",
          inputs: {
            app: ref("shop"),
            listen,
            variables: { token: secret(canaries.wrapped), password: canaries.declared },
          },
        },
        ...more,
      },
      outputs: { variables: { $output: "local.variables" } },
    });
  const hides = (...texts: string[]): void => {
    for (const text of texts)
      for (const canary of Object.values(canaries)) expect(text).not.toContain(canary);
  };
  /** Pulumi's SDK for Node puts all properties into lines for its debugging, which are not ours to keep short. */
  const told = ({ output, eventLog }: Run): string[] => [
    output,
    eventLog
      .split("\n")
      .filter((line) => !line.includes('"severity":"debug"'))
      .join("\n"),
  ];

  test("8: a secret is in nothing that Pulumi keeps or says, wherever it came from", async () => {
    const setting = 'spin:registries["ghcr.io"].password';
    await stack.run("config", "set", "--path", 'spin:registries["ghcr.io"].username', "me");
    await stack.run("config", "set", "--path", "--secret", setting, canaries.setting);
    write();
    hides(...told(await stack.run("preview", "--diff")));
    hides(...told(await stack.up()));
    expect((await stack.host.mustGetApp("shop")).variables).toEqual({
      token: canaries.wrapped,
      password: canaries.declared,
    });
    hides(...told(await stack.run("preview", "--diff", "--show-sames", "--expect-no-changes")));
    hides(...told(await stack.run("preview", "--json", "--show-sames")));
    hides((await stack.run("stack", "output", "--json")).output, (await stack.run("stack")).output);
    hides((await stack.run("stack", "export")).output, (await stack.run("config")).output);
    const shown = (await stack.run("stack", "export", "--show-secrets")).output;
    for (const canary of [canaries.wrapped, canaries.declared]) expect(shown).toContain(canary);
  });

  test("8: neither is one that somebody else put there, when it is found and when it is changed back", async () => {
    await stack.host.setVariable("shop", "token", canaries.misplaced);
    const found = await stack.run("refresh", "--preview-only", "--diff");
    expect(found.output).toContain("token");
    hides(...told(found));
    hides(...told(await stack.up("--refresh", "--diff")));
    expect((await stack.host.mustGetApp("shop")).variables["token"]).toBe(canaries.wrapped);
  });

  test("8: a secret inside a list, a map or an object that would show it is refused at its place", async () => {
    const value = secret(canaries.misplaced);
    const misplaced: [path: string, Declared][] = [
      [
        "authors[1]",
        { type: "App", inputs: { components: [], routes: [ref("fact")], authors: ["Ada", value] } },
      ],
      ["environment.KEY", { type: "Component", inputs: { source: "api.wasm", environment: { KEY: value } } }],
      ["staticResponse.body", { type: "Route", inputs: { route: "/x", staticResponse: { body: value } } }],
    ];
    for (const [path, leak] of misplaced) {
      write({ leak });
      const refused = await stack.refused("preview", "--diff");
      hides(...told(refused));
      expect(refused.said).toContain("ERR_SPIN_INPUT_SECRET");
      // Dynamic resources are told that there is a secret, and not where.
      if (frontEnd.name === "plugin") expect(refused.said).toContain(path);
    }
    hides((await stack.run("stack", "export")).output);
  });

  test("8: an operation that fails does not say what it was about to set", async () => {
    const taken = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
    });
    const { port } = taken.address() as { port: number };
    write({}, `127.0.0.1:${port}`);
    const refused = await stack.refused("up", "--yes", "--skip-preview");
    taken.close();
    expect(refused.said).toContain("ERR_SPIN_RUNTIME_PORT_IN_USE");
    hides(...told(refused), (await stack.run("stack", "export")).output);
  });

  test("8: and no file of the backend or of the host's logs has it afterwards", async () => {
    hides(...told(await stack.destroy()));
    const { dir } = stack.program.workspace;
    const files = ["state", "host"].flatMap((folder) =>
      readdirSync(join(dir, folder), { recursive: true, encoding: "utf8" })
        // What the host keeps for itself, its owner alone may read.
        .filter((name) => !name.startsWith("host.db"))
        .map((name) => join(dir, folder, name)),
    );
    const texts = files.filter((file) => statSync(file).isFile());
    expect(texts.length).toBeGreaterThan(1);
    for (const file of texts) hides(readFileSync(file, "latin1"));
  });
});
