import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { checkout } from "../../../scripts/bootstrap/paths.mjs";
import { freePort } from "../../../scripts/debian/free-port.ts";
import type { Program } from "../../support/program.ts";
import { canary, frontEnds, openJudged } from "./programs.ts";

jest.setTimeout(300_000);

const examplePack = join(checkout, "examples", "policy-pack");

/** Says what it reads of each kind, in the order of the keys that are asked for. */
const reads = `...[
  ["CapabilityGrant", ({ allowedOutboundHosts, reason, owner }) => [allowedOutboundHosts, reason, owner]],
  ["Route", ({ route, component }) => [route, component]],
  ["Component", ({ componentId, source, grants }) => [componentId, source, grants.length]],
  ["App", ({ name, components }) => [name, components[0].id, components[0].imports]],
  ["HostDeployment", ({ listen, app, variables }) => [listen, app.name, variables.token.length]],
].map(([kind, values]) => policy(kind, {
  enforcementLevel: "advisory",
  validateResource: spin.validateResourcesOf(kind, (inputs, _args, report) => report("reads " + JSON.stringify(values(inputs)))),
})),
policy("stack", {
  enforcementLevel: "advisory",
  validateStack: (args, report) => spin.resourcesOf(args, "HostDeployment")
    .forEach(({ props, urn }) => report("ends as " + JSON.stringify([props.url, props.digest.slice(0, 7), props.status]), urn)),
})`;

const remediates = (listen: string): string => `policy("moves", {
  enforcementLevel: "remediate",
  remediateResource: spin.remediateResourcesOf("HostDeployment", (inputs) =>
    inputs.listen === "${listen}" ? undefined : { listen: "${listen}" }),
})`;
const copiesSecrets = `policy("copies", {
  enforcementLevel: "remediate",
  remediateResource: spin.remediateResourcesOf("HostDeployment", (inputs) => ({ ...inputs, adopt: true })),
})`;

describe.each(frontEnds)("%s", (_name, files) => {
  let program: Program;
  afterEach(async () => {
    await program.pulumi("destroy", "--yes", "--skip-preview");
    await program.dispose();
  });
  async function run(...args: string[]): Promise<{ exitCode: number; output: string }> {
    const { exitCode, output } = await program.pulumi(...args);
    expect(output).not.toContain(canary);
    return { exitCode, output };
  }

  test("21: a pack reads grants, routes, components, apps and deployments, in preview and over state", async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    program = await openJudged(files({ listen }), { reading: reads });
    const seen = [
      `reads [["https://api.example.com"],"asks the price","web team"]`,
      `reads ["/price","api"]`,
      `reads ["api","api.wasm",2]`,
      `reads ["shop","api",["wasi:cli/environment@0.2.0"]]`,
      `reads ["${listen}","shop",${canary.length}]`,
    ];
    const preview = await run("preview", "--policy-pack", "reading");
    expect(preview.exitCode).toBe(0);
    for (const line of seen) expect(preview.output).toContain(line);
    const up = await run("up", "--yes", "--skip-preview", "--policy-pack", "reading");
    const end = `ends as ["http://${listen}/","sha256:","running"]`;
    expect(up.output).toContain(end);
    const analysis = await run("policy", "analyze", "--policy-pack", "reading");
    expect(analysis.exitCode).toBe(0);
    for (const line of [...seen, end]) expect(analysis.output).toContain(line);
  });

  test("21: what breaks a mandatory rule fails the preview, and nothing is made; what breaks an advisory one is shown", async () => {
    program = await openJudged(
      files({
        host: "https://*",
        reason: "",
        listen: "0.0.0.0:3999",
        route: "/admin",
        undeclared: "http://a.example.com",
      }),
    );
    const { exitCode, output } = await run("preview", "--policy-pack", examplePack);
    expect(exitCode).not.toBe(0);
    for (const policy of [
      "spin-outbound-hosts",
      "spin-grants-explained",
      "spin-local-listeners",
      "no-public-admin",
    ])
      expect(output).toMatch(new RegExp(`\\[mandatory\\].* ${policy} `));
    expect(output).toContain('allowedOutboundHosts[0] is "https://*", of high risk');
    expect(output).toContain("The grant has no reason.");
    expect(output).toContain('listen is "0.0.0.0:3999"');
    expect(output).toMatch(/\[advisory\].* spin-outbound-encryption /);
    expect((await program.state()).length).toBe(0);
  });

  test("21: a grant that no CapabilityGrant declares is judged where it is deployed", async () => {
    program = await openJudged(files({ undeclared: "*://*:*" }));
    const { exitCode, output } = await run("preview", "--policy-pack", examplePack);
    expect(exitCode).not.toBe(0);
    expect(output).toContain(
      'Of the component "api": allowedOutboundHosts[0] is "*://*:*", of critical risk',
    );
  });

  test("21: an application that follows the rules is deployed under them", async () => {
    program = await openJudged(files());
    const { exitCode, output } = await run("up", "--yes", "--skip-preview", "--policy-pack", examplePack);
    expect(exitCode).toBe(0);
    expect(output).not.toContain("[mandatory]");
    // Its binary imports nothing that could call a host.
    expect(output).toMatch(/\[advisory\].* spin-dead-grants /);
  });

  test("21: levels and settings of a pack's configuration hold", async () => {
    program = await openJudged(files({ host: "http://10.0.0.7", listen: "0.0.0.0:3999" }));
    const settings = {
      "spin-outbound-hosts": { enforcementLevel: "mandatory", allowed: ["http://10.0.0.0/24"] },
      "spin-local-listeners": "advisory",
    };
    program.write("settings.json", JSON.stringify(settings));
    const pack = ["--policy-pack", examplePack, "--policy-pack-config", "settings.json"];
    const { exitCode, output } = await run("preview", ...pack);
    expect(output).toMatch(/\[advisory\].* spin-local-listeners /);
    expect(output).not.toContain(" spin-outbound-hosts ");
    expect(exitCode).toBe(0);
  });

  test("21: a remediation changes an input and leaves the secrets beside it encrypted", async () => {
    const listen = `127.0.0.1:${await freePort()}`;
    program = await openJudged(files({ listen: "0.0.0.0:3999" }), { moving: remediates(listen) });
    expect((await run("up", "--yes", "--skip-preview", "--policy-pack", "moving")).exitCode).toBe(0);
    const stored = (await program.state()).find(({ type }) => type.endsWith(":HostDeployment"));
    expect(stored?.outputs).toMatchObject({ listen, url: `http://${listen}/` });
    expect(JSON.stringify(await program.state())).not.toContain(canary);
    const again = await run("preview", "--policy-pack", "moving", "--expect-no-changes");
    expect(again.exitCode).toBe(0);
  });

  test("21: a remediation that would store a secret in plain text is refused", async () => {
    program = await openJudged(files(), { copying: copiesSecrets });
    const { exitCode, output } = await run("up", "--yes", "--skip-preview", "--policy-pack", "copying");
    expect(exitCode).not.toBe(0);
    expect(output).toContain('A remediation would change "variables" of a HostDeployment');
    expect(readFileSync(stateFile(program), "utf8")).not.toContain(canary);
  });
});

function stateFile({ workspace: { dir, project, stack } }: Program): string {
  return join(dir, "state", ".pulumi", "stacks", project, `${stack}.json`);
}
