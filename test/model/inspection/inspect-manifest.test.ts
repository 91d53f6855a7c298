/** Manifests joined with real components: the Rust one of the quickstart, and one made of JavaScript. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, jest, test } from "@jest/globals";
import {
  type Binaries,
  type Binary,
  binarySources,
  examine,
  inspectManifest,
  inspectWasm,
  type ManifestInspection,
  parseManifest,
  renderInspection,
} from "../../../model/index.ts";
import { guestComponent } from "../../runtime/component/guest/index.ts";
import { checkout } from "../../support/imports.ts";

// The guest is built by the first that needs it.
jest.setTimeout(120_000);

const read = (file: string): Binary => ({ state: "read", summary: inspectWasm(readFileSync(file)) });
const binaries: Binaries = new Map([
  ["component.stats", read(join(checkout, "examples/quickstart/components/stats/stats.wasm"))],
  ["component.web", read(guestComponent())],
  ["trigger.http[2].component", { state: "missing" }],
]);

const text = `spin_manifest_version = 2
[application]
name = "shop"
version = "2.0.0"
[[trigger.http]]
route = "/stats/..."
component = "stats"
[[trigger.http]]
route = { private = true }
component = "web"
[[trigger.http]]
route = "/new"
component = { source = "new.wasm", key_value_stores = ["default"] }
[[trigger.http]]
route = "/gone"
static_response = { status_code = 410 }
[[trigger.redis]]
address = "redis://localhost"
channel = "orders"
component = "stats"
[component.stats]
source = "stats.wasm"
key_value_stores = ["default"]
allowed_outbound_hosts = ["https://api.example.com"]
[component.web]
source = { url = "https://example.com/web.wasm", digest = "sha256:${"0".repeat(64)}" }
key_value_stores = ["default"]
allowed_outbound_hosts = ["https://api.example.com", "redis://cache.example"]
`;

const inspected = (): ManifestInspection => inspectManifest(parseManifest(text), binaries);

describe("inspectManifest", () => {
  test("says who calls what", () => {
    expect(inspected().triggers).toEqual([
      { type: "http", calledBy: "/stats/...", component: "stats" },
      { type: "http", calledBy: "private", component: "web" },
      { type: "http", calledBy: "/new", component: "http-trigger1-component" },
      { type: "http", calledBy: "/gone" },
      { type: "redis", calledBy: "redis orders", component: "stats" },
    ]);
  });

  test("says by what each binary was made, and whether that imports everything", () => {
    const [stats, web, inline] = inspected().components;
    expect(stats).toMatchObject({ id: "stats", binary: "read", kind: "component" });
    expect(stats).not.toHaveProperty("runtime");
    expect(JSON.stringify(stats?.producers)).toMatch(/Rust/);
    expect(web).toMatchObject({ id: "web", runtime: "javascript" });
    expect(inline).toMatchObject({ id: "http-trigger1-component", binary: "missing", imports: [] });
  });

  test("joins grants with imports, entry by entry", () => {
    const uses = inspected().capabilities.map(({ component, value, used }) => [component, value, used]);
    expect(uses).toEqual([
      ["stats", "https://api.example.com", "never imported"],
      ["stats", "default", "imported"],
      ["web", "https://api.example.com", "imported"],
      ["web", "redis://cache.example", "never imported"],
      ["web", "default", "imported"],
      ["web", "", "not granted"],
      ["http-trigger1-component", "default", "unknown"],
    ]);
  });

  test("names the imports by which more could be asked for", () => {
    expect(inspected().components[1]?.couldAsk).toEqual(["fermyon:spin/variables@2.0.0"]);
  });

  test("is a page that a person reads", () => {
    const inspection = inspectManifest(parseManifest(text), binaries, ["spin-up@4.0", "fermyon-cloud"]);
    // What the tool chains are called is theirs to change.
    expect(renderInspection(inspection).replaceAll(/\d+\.\d+(\.\d+)?( MiB|(?= {3}))/g, "N")).toMatchSnapshot(
      "page",
    );
  });
});

describe("the doctor on real components", () => {
  test("finds the dead grants, also inside of a list that is used", () => {
    const dead = examine(text, { binaries }).filter(({ code }) => code === "ERR_SPIN_GRANT_DEAD");
    expect(dead.map(({ path, fix }) => [path, fix?.edits])).toEqual([
      ["component.stats.allowed_outbound_hosts", [{ remove: "component.stats.allowed_outbound_hosts" }]],
      ["component.web.allowed_outbound_hosts[1]", [{ remove: "component.web.allowed_outbound_hosts[1]" }]],
    ]);
  });

  test("tells a tool chain that imports everything from one that does not", () => {
    const notes = examine(text, { binaries }).filter(({ code }) => code === "ERR_SPIN_GRANT_NONE");
    expect(notes.map(({ path, severity, why }) => [path, severity, why.slice(0, 31)])).toEqual([
      ["component.web", "note", "Its tool chain imports everythi"],
    ]);
  });
});

test("binarySources names the binaries of components, dependencies and middleware", () => {
  const manifest = parseManifest(`${text}[component.web.dependencies]
"a:b" = { path = "b.wasm" }
"c:d" = "^1"
"e:f" = { component = "stats" }
[[trigger.http]]
route = "/mid"
component = "web"
dependencies = { middleware = [{ path = "auth.wasm" }] }
`);
  expect(binarySources(manifest)).toEqual([
    { path: "component.stats", file: "stats.wasm" },
    { path: "component.web" },
    { path: 'component.web.dependencies."a:b"', file: "b.wasm" },
    { path: 'component.web.dependencies."c:d"' },
    { path: 'component.web.dependencies."e:f"', file: "stats.wasm" },
    { path: "trigger.http[2].component", file: "new.wasm" },
    { path: "trigger.http[4].dependencies.middleware[0]", file: "auth.wasm" },
  ]);
});
