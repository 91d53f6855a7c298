import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type CapabilityChange,
  diffCapabilities,
  isHostAllowed,
  type Manifest,
  parseAllowedHost,
  worstRisk,
} from "../../../model/index.ts";
import { api, manifest } from "./manifest.ts";

const short = ({ change, risk, kind, before, after }: CapabilityChange): string =>
  `${change} ${risk} ${kind} [${before.join(", ")}] -> [${after.join(", ")}]`;
const diff = (base: Manifest, head: Manifest): string[] => diffCapabilities(base, head).map(short);
const hosts = (...entries: string[]): Manifest => api(`allowed_outbound_hosts = ${JSON.stringify(entries)}`);

describe("outbound hosts (spin.md 5.1)", () => {
  test.each([
    ["a name to its domain", "https://api.x.com", "https://*.x.com", "widened medium"],
    ["a port to every port", "https://api.x.com", "https://api.x.com:*", "widened medium"],
    ["a network that grows", "tcp://8.8.8.0/24:53", "tcp://8.8.0.0/16:53", "widened medium"],
    ["a scheme to every scheme", "https://api.x.com:443", "*://api.x.com:443", "widened medium"],
    ["a host to every host", "https://api.x.com", "https://*", "widened high"],
    ["a host to everything", "https://api.x.com", "*://*:*", "widened critical"],
    ["a domain to one name of it", "https://*.x.com", "https://api.x.com", "narrowed low"],
    ["everything to a host", "*://*:*", "https://api.x.com", "narrowed low"],
  ])("%s: %s to %s is %s", (_what, old, now, expected) => {
    expect(diff(hosts(old), hosts(now))).toEqual([`${expected} outbound-host [${old}] -> [${now}]`]);
  });

  test("several that one covers are widened together", () => {
    expect(diff(hosts("https://a.x.com", "https://b.x.com"), hosts("https://*.x.com"))).toEqual([
      "widened medium outbound-host [https://a.x.com, https://b.x.com] -> [https://*.x.com]",
    ]);
  });

  test.each([
    ["another spelling", ["https://API.x.com:443"], ["https://api.x.com"]],
    ["one that another covers already", ["https://*.x.com"], ["https://*.x.com", "https://api.x.com"]],
    ["one that can never match", ["https://a.com"], ["https://a.com", "https://b.com:9..9"]],
  ])("%s is no change", (_what, old, now) => {
    expect(diff(hosts(...old), hosts(...now))).toEqual([]);
  });

  test("others are removed and added", () => {
    expect(diff(hosts("https://a.x.com"), hosts("https://b.x.com"))).toEqual([
      "added medium outbound-host [] -> [https://b.x.com]",
      "removed low outbound-host [https://a.x.com] -> []",
    ]);
  });

  test("templates are compared as text, and are high: who sets the variable decides", () => {
    expect(diff(hosts("https://{{ a }}"), hosts("https://{{ a }}"))).toEqual([]);
    expect(diff(hosts("https://{{ a }}"), hosts("https://{{ b }}"))).toEqual([
      "added high outbound-host [] -> [https://{{ b }}]",
      "removed low outbound-host [https://{{ a }}] -> []",
    ]);
  });

  test.each([
    ["*://*:*", "critical", /every host there is, by every protocol and on every port/],
    ["*://0.0.0.0/0:*", "critical", /every address/],
    ["https://*", "high", /every host there is/],
    ["http://*:80..90", "high", /without encryption and on 10 ports/],
    ["http://self", "high", /own routes from inside/],
    ["http://127.0.0.1", "high", /machine that the application runs on/],
    ["http://127.1", "high", /machine/],
    ["http://localhost:9200", "high", /machine/],
    ["http://[::1]:80", "high", /machine/],
    ["tcp://10.0.0.0/8:5432", "high", /private network/],
    ["tcp://172.20.1.1:5432", "high", /private network/],
    ["tcp://192.168.0.0/24:5432", "high", /private network/],
    ["tcp://100.64.0.1:5432", "high", /private network/],
    ["tcp://8.0.0.0/6:1", "high", /private network/],
    ["tcp://[fd00::]:1", "high", /private network/],
    ["tcp://[::ffff:10.0.0.1]:1", "high", /private network/],
    ["redis://redis", "high", /private network/],
    ["postgres://db.prod.svc.cluster.local", "high", /private network/],
    ["http://169.254.169.254", "high", /metadata/],
    ["http://169.254.0.0/16:80", "high", /metadata/],
    ["http://[fd00:ec2::254]:80", "high", /metadata/],
    ["http://metadata.google.internal", "high", /metadata/],
    ["http://*.google.internal", "high", /private|metadata/],
    ["https://*.com", "high", /anybody can have one/],
    ["http://orders.spin.internal", "medium", /the component "orders" directly/],
    ["http://*.spin.internal", "medium", /every component of this application directly/],
    ["https://api.stripe.com", "medium", /public host/],
    ["https://93.184.216.34", "medium", /public address/],
    ["https://*.stripe.com", "medium", /public domain/],
    ["tcp://8.8.8.0/24:53", "medium", /network 8\.8\.8\.0\/24/],
    ["nonsense", "low", /cannot read/],
  ])("%s is %s", (entry, risk, why) => {
    expect(diffCapabilities(api(), hosts(entry))).toMatchObject([
      { change: "added", risk, why: expect.stringMatching(why), component: "api" },
    ]);
  });

  const entries = fc.constantFrom(
    "https://a.com",
    "https://*.a.com",
    "https://b.a.com",
    "https://*",
    "*://*:*",
    "http://a.com:1..9",
    "http://a.com:3",
    "http://self",
    "https://10.0.0.0/8",
    "https://10.1.0.0/16",
    "https://a.com:5..5",
  );
  test("a destination is newly allowed only where something is added or widened", () => {
    const urls = ["https://a.com", "https://b.a.com", "https://c.b.a.com", "https://z.com", "http://a.com:3"];
    const list = fc.array(entries, { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (old, now) => {
        const changes = diffCapabilities(hosts(...old), hosts(...now));
        const gains = urls.filter((url) => !allows(old, url) && allows(now, url));
        if (gains.length > 0) expect(changes.some(({ change }) => /added|widened/.test(change))).toBe(true);
        const losses = urls.filter((url) => allows(old, url) && !allows(now, url));
        if (losses.length > 0)
          expect(changes.some(({ change }) => /removed|narrowed/.test(change))).toBe(true);
      }),
    );
  });
});

function allows(entries: string[], url: string): boolean {
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol.slice(0, -1);
  const number = port === "" ? (scheme === "https" ? 443 : 80) : Number(port);
  return isHostAllowed(entries.map(parseAllowedHost), { scheme, host: hostname, port: number });
}

describe("other rights", () => {
  const secret = ["[variables]", "k = { required = true, secret = true }", 'p = { default = "1" }'];
  const withVariable = (template: string): Manifest =>
    manifest(...secret, "[component.api]", 'source = "api.wasm"', `variables = { v = "${template}" }`);

  test.each([
    ["a key-value store", 'key_value_stores = ["s"]', "added medium key-value-store [] -> [s]"],
    ["a database", 'sqlite_databases = ["d"]', "added medium sqlite-database [] -> [d]"],
    ["a model", 'ai_models = ["m"]', "added low ai-model [] -> [m]"],
    ["some files", 'files = ["static/**/*"]', "added low file [] -> [static/**/*]"],
    ["files of one ending", 'files = ["**/*.html"]', "added low file [] -> [**/*.html]"],
    ["the project root", 'files = [{ source = ".", destination = "/" }]', "added high file [] -> [. as /]"],
    ["the project root, by a glob", 'files = ["**/*"]', "added high file [] -> [**/*]"],
    ["the project root, by a star", 'files = ["./*"]', "added high file [] -> [./*]"],
    ["files above the project", 'files = ["a/../../x"]', "added high file [] -> [a/../../x]"],
    ["files of the machine", 'files = ["/etc/passwd"]', "added high file [] -> [/etc/passwd]"],
    ["files with credentials", 'files = ["conf/.env"]', "added high file [] -> [conf/.env]"],
    ["an environment variable", 'environment = { A = "b" }', "added low environment [] -> [A]"],
  ])("spin.md 5.4 to 5.6: %s", (_what, setting, expected) => {
    expect(diff(api(), api(setting))).toEqual([expected]);
    expect(diff(api(setting), api())).toEqual([
      expected.replace(/^added \w+ ([\w-]+) \[\] -> (.*)$/, "removed low $1 $2 -> []"),
    ]);
  });

  test("a secret variable is high, a plain one low, and the text around it is not shown", () => {
    const without = manifest(...secret, "[component.api]", 'source = "api.wasm"');
    expect(diff(without, withVariable("canary-value {{ k }}"))).toEqual([
      "added high variable [] -> [v = {{ k }}]",
    ]);
    expect(diff(without, withVariable("canary-value"))).toEqual([
      "added low variable [] -> [v = a fixed text]",
    ]);
  });

  test("a variable that takes another value is changed", () => {
    expect(diff(withVariable("{{ p }}"), withVariable("{{ k }}"))).toEqual([
      "changed high variable [v = {{ p }}] -> [v = {{ k }}]",
    ]);
  });

  test("files with fewer exclusions are wider, with more narrower, with others changed", () => {
    const files = (...without: string[]): Manifest =>
      api('files = ["a/*"]', `exclude_files = ${JSON.stringify(without)}`);
    expect(diff(files("k"), files())).toEqual(["widened low file [a/* without k] -> [a/*]"]);
    expect(diff(files("k"), files("k", "l"))).toEqual([
      "narrowed low file [a/* without k] -> [a/* without k, l]",
    ]);
    expect(diff(files("k", "l"), files("k, l"))).toEqual([
      "changed low file [a/* without k, l] -> [a/* without k, l]",
    ]);
  });

  test("spin.md 5.7: a dependency that comes to inherit is told with the parent's rights", () => {
    const inheriting = (inherit: string): Manifest =>
      api(
        'key_value_stores = ["s"]',
        "[component.api.dependencies]",
        `"x:y/z" = { path = "z.wasm", inherit_configuration = ${inherit} }`,
      );
    expect(diffCapabilities(inheriting("false"), inheriting("true"))).toMatchObject([
      {
        change: "added",
        risk: "medium",
        component: "api",
        via: "x:y/z",
        kind: "key-value-store",
        why: expect.stringContaining('The dependency "x:y/z" of the component "api"'),
      },
    ]);
    expect(diff(inheriting("true"), inheriting('["key_value_stores"]'))).toEqual([]);
  });

  test("spin.md 1.12: what a profile gains is told with its name", () => {
    const debug = (store: string): Manifest =>
      api(`[component.api.profile.debug]\nenvironment = { ${store} = "1" }`);
    expect(diffCapabilities(debug("A"), debug("B"))).toMatchObject([
      { change: "added", profile: "debug", why: expect.stringContaining('With the profile "debug"') },
      { change: "removed", profile: "debug" },
    ]);
  });
});

describe("reach", () => {
  const route = (pattern: string): Manifest =>
    manifest(`[[trigger.http]]\nroute = ${pattern}\ncomponent = "api"\n[component.api]\nsource = "a.wasm"`);

  test.each([
    ['"/a"', '"/a/..."', "widened medium route [/a] -> [/a/...]"],
    ['"/a/:id"', '"/a/..."', "widened medium route [/a/:id] -> [/a/...]"],
    ['"/a/b"', '"/a/:id"', "widened medium route [/a/b] -> [/a/:id]"],
    ['"/a/..."', '"/a/b"', "narrowed low route [/a/...] -> [/a/b]"],
    ["{ private = true }", '"/a"', "widened high route [private] -> [/a]"],
    ['"/a"', "{ private = true }", "narrowed low route [/a] -> [private]"],
  ])("the route %s to %s", (old, now, expected) => {
    expect(diff(route(old), route(now))).toEqual([expected]);
  });

  test("another name of a parameter is no change", () => {
    expect(diff(route('"/a/:id"'), route('"/a/:name"'))).toEqual([]);
  });

  test("a new public route and a new trigger are attack surface, a new private route is little", () => {
    const old = route('"/a"');
    const added = (trigger: string): Manifest =>
      manifest(
        `[[trigger.http]]\nroute = "/a"\ncomponent = "api"\n${trigger}\n[component.api]\nsource = "a.wasm"`,
      );
    const http = (pattern: string): Manifest =>
      added(`[[trigger.http]]\nroute = ${pattern}\ncomponent = "api"`);
    expect(diff(old, http('"/b"'))).toEqual(["added medium route [] -> [/b]"]);
    expect(diff(old, http("{ private = true }"))).toEqual([]);
    expect(diff(old, added('[[trigger.http]]\nroute = "/s"\nstatic_response = {}'))).toEqual([
      "added low route [] -> [/s]",
    ]);
    const redis = (address: string): Manifest =>
      added(`[[trigger.redis]]\nchannel = "c"\naddress = "${address}"\ncomponent = "api"`);
    expect(diff(old, redis("redis://a"))).toEqual(["added medium trigger [] -> [redis c]"]);
    const moved = diffCapabilities(redis("redis://a"), redis("redis://u:canary-value@b"));
    expect(moved.map(short)).toEqual(["changed medium trigger [redis c] -> [redis c]"]);
    expect(JSON.stringify(moved)).not.toContain("canary-value");
  });
});

describe("what the application is made of", () => {
  const source = (text: string): Manifest => manifest(`[component.api]\nsource = ${text}`);
  const url = (host: string, digest: string): string =>
    `{ url = "https://u:canary-value@${host}/a.wasm", digest = "sha256:${digest}" }`;

  test.each([
    ["another path", '"a.wasm"', '"b.wasm"', "low"],
    ["another digest", url("x.com", "1"), url("x.com", "2"), "medium"],
    ["another server", url("x.com", "1"), url("y.com", "2"), "high"],
    ["from the project to a server", '"a.wasm"', url("x.com", "1"), "high"],
    [
      "another version",
      '{ package = "a:b", version = "1.0.0" }',
      '{ package = "a:b", version = "1.0.1" }',
      "medium",
    ],
    [
      "another registry",
      '{ package = "a:b", version = "1.0.0" }',
      '{ registry = "r.com", package = "a:b", version = "1.0.0" }',
      "high",
    ],
  ])("%s of the source is changed", (_what, old, now, risk) => {
    const changes = diffCapabilities(source(old), source(now));
    expect(changes).toMatchObject([{ change: "changed", kind: "source", risk }]);
    expect(JSON.stringify(changes)).not.toContain("canary-value");
  });

  test("a component that is added, and one that is removed", () => {
    const two = manifest(
      '[component.api]\nsource = "api.wasm"\n[component.new]',
      `source = ${url("x.com", "1")}`,
    );
    expect(diff(api(), two)).toEqual([
      "added medium source [] -> [https://x.com/a.wasm (sha256:1)]",
      "added low component [] -> [new]",
    ]);
    expect(diff(two, api())).toEqual(["removed low component [new] -> []"]);
  });

  test("an environment variable with another value is changed, and neither value is told", () => {
    const mode = (value: string): Manifest => api(`environment = { MODE = "canary-value-${value}" }`);
    const changes = diffCapabilities(mode("1"), mode("2"));
    expect(changes.map(short)).toEqual(["changed low environment [MODE] -> [MODE]"]);
    expect(JSON.stringify(changes)).not.toContain("canary-value");
  });

  test("a dependency that is added, changed and removed", () => {
    const dependency = (text: string): Manifest => api(`[component.api.dependencies]\n"x:y" = ${text}`);
    expect(diff(api(), dependency('"^1"'))).toEqual(["added medium dependency [] -> [version ^1]"]);
    expect(diff(api(), dependency('{ path = "y.wasm" }'))).toEqual(["added low dependency [] -> [y.wasm]"]);
    expect(diff(dependency('"^1"'), dependency('"^2"'))).toEqual([
      "changed medium dependency [version ^1] -> [version ^2]",
    ]);
    expect(diff(dependency('"^1"'), api())).toEqual(["removed low dependency [version ^1] -> []"]);
  });

  test.each([
    ["is no longer there", '["auth", "log"]', '["log"]', "changed high"],
    ["is another", '["auth"]', '["auth2"]', "changed high"],
    ["is new", '["auth"]', '["auth", "log"]', "changed medium"],
    ["stands in another order", '["auth", "log"]', '["log", "auth"]', "changed medium"],
    ["is the first", "[]", '["auth"]', "added medium"],
    ["was the only one", '["auth"]', "[]", "removed high"],
  ])("spin.md 1.5.1: middleware that %s", (_what, old, now, expected) => {
    const behind = (list: string): Manifest =>
      manifest(
        '[[trigger.http]]\nroute = "/..."\ncomponent = "api"',
        `dependencies = { middleware = ${list.replaceAll(/"(\w+)"/g, '{ path = "$1" }')} }`,
        '[component.api]\nsource = "api.wasm"',
      );
    const [only, ...others] = diffCapabilities(behind(old), behind(now));
    expect(others).toEqual([]);
    expect(only).toMatchObject({ kind: "middleware", why: expect.stringContaining("(/...)") });
    expect(`${only?.change} ${only?.risk}`).toBe(expected);
  });

  describe("a guarded route", () => {
    const at = (route: string, list: string): Manifest =>
      manifest(
        `[[trigger.http]]\nroute = "${route}"\ncomponent = "api"`,
        `dependencies = { middleware = ${list} }`,
        '[component.api]\nsource = "api.wasm"',
      );
    const guard = '[{ path = "auth" }]';
    const elsewhere = manifest('[[trigger.http]]\nroute = "/"\nstatic_response = {}');

    test("that is gone is no loss of a guard", () => {
      expect(diff(at("/a", guard), elsewhere).filter((it) => it.includes("middleware"))).toEqual([]);
    });

    test("that moves with its guard is none either, and without it is high", () => {
      const told = (list: string): string[] =>
        diff(at("/a", guard), at("/b", list)).filter((it) => it.includes("high"));
      expect(told(guard)).toEqual([]);
      expect(told("[]")).toEqual(["removed high middleware [auth] -> []"]);
    });
  });

  test.each([
    [
      "is no longer secret",
      "v = { required = true, secret = true }",
      "v = { required = true }",
      "widened high",
    ],
    ["becomes secret", "v = { required = true }", "v = { required = true, secret = true }", "narrowed low"],
    ["has another default", 'v = { default = "1" }', 'v = { default = "2" }', "changed low"],
    ["is new", "", 'v = { default = "1" }', "added low"],
    ["is gone", 'v = { default = "1" }', "", "removed low"],
  ])("a variable that %s", (_what, old, now, expected) => {
    const declared = (text: string): Manifest => manifest(`[variables]\n${text}`);
    const changes = diffCapabilities(declared(old), declared(now));
    expect(changes.map(({ change, risk, kind }) => `${change} ${risk} ${kind}`)).toEqual([
      `${expected} app-variable`,
    ]);
  });

  test("another default of a variable that an allowed host is made of is high", () => {
    const host = (value: string): Manifest =>
      manifest(
        `[variables]\nhost = { default = "${value}" }`,
        '[component.api]\nsource = "api.wasm"\nallowed_outbound_hosts = ["https://{{ host }}"]',
      );
    expect(diffCapabilities(host("a.com"), host("b.com"))).toMatchObject([
      { change: "changed", risk: "high", kind: "app-variable" },
    ]);
  });
});

describe("imports that a binary gained", () => {
  const imports = (...names: string[]): Map<string, string[]> => new Map([["api", names]]);

  test("are medium where they open a kind of capability, else low, and silent for what is not known", () => {
    const told = (base: Map<string, string[]>, head: Map<string, string[]>): string[] =>
      diffCapabilities(api(), api(), { base, head }).map(short);
    const http = "wasi:http/outgoing-handler@0.2.3";
    expect(told(imports(), imports(http))).toEqual([`added medium import [] -> [${http}]`]);
    expect(told(imports(http), imports(http, "wasi:io/poll@0.2.3"))).toEqual([
      "added low import [] -> [wasi:io/poll@0.2.3]",
    ]);
    expect(told(new Map(), imports(http))).toEqual([]);
    expect(told(imports(http), imports())).toEqual([]);
  });
});

describe("the list", () => {
  const base = api('key_value_stores = ["a"]', 'ai_models = ["m"]');
  const head = api('allowed_outbound_hosts = ["*://*:*"]', 'files = ["*"]', 'ai_models = ["n"]');

  test("has the worst first, and losses last", () => {
    expect(diff(base, head).map((it) => it.split(" ", 2).join(" "))).toEqual([
      "added critical",
      "added high",
      "added low",
      "removed low",
      "removed low",
    ]);
  });

  test("of a manifest and itself is empty", () => {
    expect(diffCapabilities(head, head)).toEqual([]);
  });

  test("has its worst risk among what is no mere loss", () => {
    expect(worstRisk(diffCapabilities(base, head))).toBe("critical");
    expect(worstRisk(diffCapabilities(base, api()))).toBeUndefined();
    expect(worstRisk(diffCapabilities(api(), base))).toBe("medium");
  });

  test("says why in one sentence each", () => {
    const all = [...diffCapabilities(base, head), ...diffCapabilities(head, base)];
    expect(all.filter(({ why }) => !/^[A-Z].*[^.]\.$/s.test(why))).toEqual([]);
  });
});
