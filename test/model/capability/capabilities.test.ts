import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  capabilitiesOf,
  capabilityIssues,
  type CapabilityRow,
  describeIssue,
  type GrantDefinition,
  mergeGrants,
  renderCapabilities,
} from "../../../model/index.ts";
import { grant } from "../../support/grant.ts";

const everything = grant({
  allowedOutboundHosts: ["https://api.example.com", "redis://cache.example:6379"],
  keyValueStores: ["default"],
  sqliteDatabases: ["shop"],
  aiModels: ["llama2-chat"],
  files: [{ source: "assets", destination: "/" }],
  variables: { greeting: "{{ greeting }}" },
});

describe("capabilitiesOf: granted and imported", () => {
  test.each([
    [
      "outbound-host",
      "wasi:http/outgoing-handler@0.2.3",
      { allowedOutboundHosts: ["https://a.example"] },
      "https://a.example",
    ],
    [
      "outbound-host",
      "wasi:http/client@0.3.0",
      { allowedOutboundHosts: ["https://a.example"] },
      "https://a.example",
    ],
    [
      "outbound-host",
      "wasi:sockets/tcp@0.2.0",
      { allowedOutboundHosts: ["tcp://10.0.0.1:5"] },
      "tcp://10.0.0.1:5",
    ],
    [
      "outbound-host",
      "wasi:sockets/udp@0.2.0",
      { allowedOutboundHosts: ["udp://10.0.0.1:5"] },
      "udp://10.0.0.1:5",
    ],
    [
      "outbound-host",
      "fermyon:spin/http",
      { allowedOutboundHosts: ["https://a.example"] },
      "https://a.example",
    ],
    [
      "outbound-host",
      "fermyon:spin/redis@2.0.0",
      { allowedOutboundHosts: ["redis://a.example"] },
      "redis://a.example",
    ],
    [
      "outbound-host",
      "fermyon:spin/mysql@2.0.0",
      { allowedOutboundHosts: ["mysql://a.example"] },
      "mysql://a.example",
    ],
    [
      "outbound-host",
      "spin:postgres/postgres@3.0.0",
      { allowedOutboundHosts: ["postgres://a.example"] },
      "postgres://a.example",
    ],
    [
      "outbound-host",
      "fermyon:spin/mqtt@2.0.0",
      { allowedOutboundHosts: ["mqtt://a.example"] },
      "mqtt://a.example",
    ],
    ["key-value-store", "fermyon:spin/key-value@2.0.0", { keyValueStores: ["default"] }, "default"],
    ["key-value-store", "wasi:keyvalue/store@0.2.0-draft2", { keyValueStores: ["default"] }, "default"],
    ["sqlite-database", "fermyon:spin/sqlite@2.0.0", { sqliteDatabases: ["shop"] }, "shop"],
    ["sqlite-database", "spin:sqlite/sqlite@3.0.0", { sqliteDatabases: ["shop"] }, "shop"],
    ["ai-model", "fermyon:spin/llm@2.0.0", { aiModels: ["llama2-chat"] }, "llama2-chat"],
    ["file", "wasi:filesystem/preopens@0.2.3", { files: [{ source: "a", destination: "/b" }] }, "a as /b"],
    ["variable", "fermyon:spin/variables@2.0.0", { variables: { a: "x" } }, "a"],
    ["variable", "fermyon:spin/config", { variables: { a: "x" } }, "a"],
    ["variable", "wasi:config/store@0.2.0-draft-2024-09-27", { variables: { a: "x" } }, "a"],
  ])("%s by %s", (kind, imported, members, value) => {
    const rows = capabilitiesOf([
      { id: "api", imports: [imported], grants: [grant(members as Partial<GrantDefinition>)] },
    ]);
    expect(rows).toEqual([{ component: "api", kind, value, used: "imported" }]);
  });
});

describe("an outbound host is used by the interfaces that ask for its scheme", () => {
  test.each([
    ["https://a.example", "wasi:http/outgoing-handler@0.2.3", "imported"],
    ["redis://a.example", "wasi:http/outgoing-handler@0.2.3", "never imported"],
    ["https://a.example", "fermyon:spin/redis@2.0.0", "never imported"],
    ["rediss://a.example:6380", "spin:redis/redis@3.0.0", "imported"],
    ["mysql://a.example", "spin:postgres/postgres@4.0.0", "never imported"],
    ["tcp://10.0.0.1:5", "wasi:sockets/udp@0.2.0", "never imported"],
    ["udp://10.0.0.1:5", "wasi:sockets/types@0.3.0", "imported"],
    ["*://a.example:80", "fermyon:spin/mqtt@2.0.0", "imported"],
    ["{{ scheme }}://a.example", "fermyon:spin/mqtt@2.0.0", "imported"],
    ["odd://a.example:1", "fermyon:spin/mqtt@2.0.0", "imported"],
  ])("%s by %s: %s", (host, imported, used) => {
    const rows = capabilitiesOf([
      { id: "api", imports: [imported], grants: [grant({ allowedOutboundHosts: [host] })] },
    ]);
    expect(rows).toMatchObject([{ value: host, used }]);
  });

  test("and only those that none asks for are dead", () => {
    const grants = [grant({ allowedOutboundHosts: ["https://a.example", "redis://b.example"] })];
    const issues = capabilityIssues([{ id: "api", imports: ["wasi:http/client@0.3.0"], grants }]);
    expect(issues.map(describeIssue)).toEqual([
      'components[0].grants[0].allowedOutboundHosts: The component "api" is granted outbound host redis://b.example, but its binary imports no interface that could use it. Remove this entry of allowedOutboundHosts, or build the component to use it.',
    ]);
  });
});

describe("capabilitiesOf", () => {
  test("a grant that no import could use is never imported", () => {
    const rows = capabilitiesOf([{ id: "api", imports: ["wasi:io/streams@0.2.3"], grants: [everything] }]);
    expect(rows).toHaveLength(7);
    expect(new Set(rows.map(({ used }) => used))).toEqual(new Set(["never imported"]));
  });

  test("an import without a grant could ask, and is listed", () => {
    const rows = capabilitiesOf([{ id: "api", imports: ["fermyon:spin/key-value@2.0.0"], grants: [] }]);
    expect(rows).toEqual([{ component: "api", kind: "key-value-store", value: "", used: "not granted" }]);
  });

  test("files are not listed without a grant, since every language runtime imports them", () => {
    expect(capabilitiesOf([{ id: "api", imports: ["wasi:filesystem/preopens@0.2.3"], grants: [] }])).toEqual(
      [],
    );
  });

  test("before the binary is built nothing is known of its use", () => {
    const rows = capabilitiesOf([{ id: "api", grants: [grant({ keyValueStores: ["default"] })] }]);
    expect(rows).toMatchObject([{ used: "unknown" }]);
  });

  test("several grants are one list, sorted and without repeats", () => {
    const rows = capabilitiesOf([
      { id: "api", grants: [grant({ keyValueStores: ["b", "a"] }), grant({ keyValueStores: ["a", "c"] })] },
    ]);
    expect(rows.map(({ value }) => value)).toEqual(["a", "b", "c"]);
  });

  test("a value of a variable is never listed", () => {
    const rows = capabilitiesOf([{ id: "api", grants: [grant({ variables: { token: "canary-value" } })] }]);
    expect(JSON.stringify(rows)).not.toContain("canary-value");
  });
});

describe("mergeGrants", () => {
  test("is the same for every order of grants and entries", () => {
    const hosts = fc.array(fc.constantFrom("https://a.example", "http://b.example", "redis://c.example"));
    const labels = fc.array(fc.constantFrom("a", "b", "c"));
    const grants = fc.array(fc.record({ allowedOutboundHosts: hosts, keyValueStores: labels }));
    fc.assert(
      fc.property(grants, (list) => {
        expect(mergeGrants(list.toReversed())).toEqual(mergeGrants(list));
      }),
    );
  });

  test("leaves out what is not known yet", () => {
    const unknown = {
      allowedOutboundHosts: [undefined, "https://a.example"],
      variables: { a: undefined, b: "x" },
    };
    expect(mergeGrants([unknown as never, {}])).toMatchObject({
      allowedOutboundHosts: ["https://a.example"],
      variables: { b: "x" },
    });
  });
});

describe("capabilityIssues", () => {
  test("a dead grant is a warning that names the line to delete", () => {
    const issues = capabilityIssues([
      { id: "web", imports: [], grants: [] },
      {
        id: "api",
        imports: ["fermyon:spin/variables@2.0.0"],
        grants: [grant(), grant({ keyValueStores: ["default", "old"] })],
      },
    ]);
    expect(issues).toMatchObject([
      { code: "ERR_SPIN_GRANT_DEAD", severity: "warning", path: "components[1].grants[1].keyValueStores" },
    ]);
    const [text = ""] = issues.map(describeIssue);
    expect(text).toMatch(/"api".*default, old.*import/);
    expect(text).toContain("Remove");
  });

  test("a kind of grant each is an issue each", () => {
    expect(capabilityIssues([{ id: "api", imports: [], grants: [everything] }])).toHaveLength(6);
  });

  test.each([
    ["a component that is not known yet", [undefined]],
    ["imports that are not known yet", [{ id: "api", imports: undefined, grants: [everything] }]],
    ["grants that are not known yet", [{ id: "api", imports: [], grants: undefined }]],
    ["an import without a grant", [{ id: "api", imports: ["fermyon:spin/key-value@2.0.0"], grants: [] }]],
  ])("says nothing about %s", (_what, components) => {
    expect(capabilityIssues(components as never)).toEqual([]);
  });
});

describe("renderCapabilities", () => {
  const rows = capabilitiesOf([
    {
      id: "api",
      imports: ["wasi:http/outgoing-handler@0.2.3", "fermyon:spin/key-value@2.0.0", "fermyon:spin/llm@2.0.0"],
      grants: [
        grant({
          allowedOutboundHosts: ["https://api.example.com"],
          keyValueStores: ["default"],
          sqliteDatabases: ["shop"],
        }),
      ],
    },
    {
      id: "web",
      grants: [grant({ files: [{ source: "assets", destination: "/" }], variables: { greeting: "" } })],
    },
  ]);

  test("is a table that a person reads", () => {
    expect(renderCapabilities(rows)).toBe(
      [
        "component   may do                         used?",
        "api         call https://api.example.com   yes, imported",
        "            open key-value store default   yes, imported",
        "            open SQLite database shop      no, never imported: remove it",
        "            (run no AI model)              could ask, is refused",
        "web         read files assets as /         known once built",
        "            read variable greeting         known once built",
        "",
      ].join("\n"),
    );
  });

  test("of nothing says so", () => {
    expect(renderCapabilities([])).toMatch(/^No component .+\n$/);
  });

  const row = (value: string, component = "api"): CapabilityRow => ({
    component,
    kind: "outbound-host",
    value,
    used: "never imported",
  });

  test("keeps its lines within 100 columns where nothing single is longer", () => {
    const text = renderCapabilities([
      row(`https://${"a".repeat(15)}.example`, "image-resizer-of-the-shop-x"),
      row("*://*:*"),
    ]);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test("lets one long value widen its own line only, and cuts nothing off", () => {
    const long = `https://${"a".repeat(150)}.example`;
    const lines = renderCapabilities([row(long), row("https://b.example")])
      .trimEnd()
      .split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([expect.stringContaining(long)]);
  });

  test("is not led astray by control characters", () => {
    const text = renderCapabilities([row("https://a\n\u001b[2J\u202eb")]);
    expect(text.split("\n")).toHaveLength(3);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
