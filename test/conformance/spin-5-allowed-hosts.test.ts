/** `allowed_outbound_hosts`: its grammar, what it matches, and what dependencies inherit. */
import { describe, expect, test } from "@jest/globals";
import {
  defaultPort,
  destinationOf,
  expandServiceChaining,
  isHostAllowed,
  isSpinError,
  manifestCapabilities,
  parseAllowedHost,
  parseManifest,
} from "../../model/index.ts";
import { component, found } from "./spin-toml.ts";

function refusal(entry: string): string {
  try {
    return `taken: ${JSON.stringify(parseAllowedHost(entry))}`;
  } catch (error) {
    if (!isSpinError(error)) throw error;
    return error.message;
  }
}

const allows = (entry: string, url: string): boolean => {
  const destination = destinationOf(url);
  return destination !== undefined && isHostAllowed([parseAllowedHost(entry)], destination);
};

describe("grammar", () => {
  test.each(["*", ":", "", "?", "a.test", "a.test:80"])(
    "5.1 rule 1: without a scheme %j is refused",
    (entry) => {
      expect(refusal(entry)).toContain("has no scheme; expected scheme://host[:port]");
    },
  );

  test("5.1 blanks around an entry do not count", () => {
    expect(parseAllowedHost("  https://a.test ")).toEqual(parseAllowedHost("https://a.test"));
  });

  test.each([
    ["http://a.test:81", 81],
    ["http://[::1]:81", 81],
    ["http://a.test:81/", 81],
  ])("5.1 rule 2: the port follows the last colon: %s", (entry, port) => {
    expect(parseAllowedHost(entry).port).toEqual({ from: port, until: port + 1 });
  });

  test.each(["http://::1", "http://[::1]", "http://fe80::/10"])(
    "5.1 rule 2: %s is an address without a port",
    (entry) => {
      expect(parseAllowedHost(entry)).toMatchObject({ host: { kind: "network" }, port: { from: 80 } });
    },
  );

  test.each(["http://a.test/path", "http://a.test:80/path"])(
    "5.1 rule 2: %s has a path, and is refused",
    (entry) => {
      expect(refusal(entry)).toContain("has the path");
    },
  );

  test("5.1 rule 3: * is any scheme; another is letters, compared as it is written", () => {
    expect(parseAllowedHost("*://a.test:80").scheme).toBeUndefined();
    expect(allows("HTTP://a.test:80", "http://a.test")).toBe(false);
    expect(refusal("{http,https}://a.test")).toContain("lists schemes");
    expect(refusal("h2c://a.test")).toContain("expected letters only");
  });

  test.each([
    ["https://*", { kind: "any" }],
    ["http://self", { kind: "self" }],
    ["http://self.alt", { kind: "self" }],
    ["http://10.1.2.3/8", { kind: "network", address: "10.1.2.3", prefix: 8 }],
    ["http://127.0.0.1", { kind: "network", address: "127.0.0.1", prefix: 32 }],
    ["https://*.a.test", { kind: "below", domain: "a.test" }],
    ["https://BÜCHER.test", { kind: "name", name: "xn--bcher-kva.test" }],
    ["https://0x7f.1", { kind: "name", name: "127.0.0.1" }],
  ])("5.1 rule 4: the host of %s", (entry, host) => {
    expect(parseAllowedHost(entry).host).toEqual(host);
  });

  test.each(["https://a.*", "https://*a.test", "https://a.*.test", "https://{a,b}.test", "http://*.0.0.1"])(
    "5.1 rule 4: %s is refused",
    (entry) => {
      expect(refusal(entry)).not.toMatch(/^taken/);
    },
  );

  test.each([
    ["postgres", 5432],
    ["mysql", 3306],
    ["redis", 6379],
    ["mqtt", 1883],
    ["http", 80],
    ["https", 443],
  ])("5.1 rule 5, 9.5: the port of %s is %i", (scheme, port) => {
    expect(defaultPort(scheme)).toBe(port);
    expect(parseAllowedHost(`${scheme}://a.test`).port).toEqual({ from: port, until: port + 1 });
  });

  test.each(["tcp", "udp", "rediss", "mqtts", "*"])("5.1 rule 5, 9.5: %s has no usual port", (scheme) => {
    expect(refusal(`${scheme}://a.test`)).toContain("has no port");
  });

  test.each([
    ["http://a.test:*", undefined],
    ["http://a.test:8000..9000", { from: 8000, until: 9000 }],
    ["http://a.test:9000..8000", { from: 9000, until: 8000 }],
  ])("5.1 rule 5: %s", (entry, port) => {
    expect(parseAllowedHost(entry).port).toEqual(port);
  });

  test.each(["http://a.test:65536", "http://a.test:{80,81}", "http://a.test:80..x", "http://a.test:-1"])(
    "5.1 rule 5: %s is refused",
    (entry) => {
      expect(refusal(entry)).not.toMatch(/^taken/);
    },
  );

  test("5.1 rule 6: insecure:allow-all is refused, and *://*:* is told", () => {
    expect(found(component('allowed_outbound_hosts = ["insecure:allow-all"]'))).toEqual([
      "error ERR_SPIN_ALLOWED_HOST component.web.allowed_outbound_hosts[0]",
    ]);
  });
});

describe("templates of hosts", () => {
  const host = (value: string): string[] =>
    found(`${component('allowed_outbound_hosts = ["https://{{ host }}"]')}[variables]\nhost = { ${value} }`);

  test("5.1 with defaults for all variables, what comes out is judged", () => {
    expect(host('default = "a.test"')).toEqual([]);
    expect(host('default = "a b"')).toEqual([
      "error ERR_SPIN_ALLOWED_HOST component.web.allowed_outbound_hosts[0]",
    ]);
  });

  test("5.1 [4.1] what comes out empty is passed over", () => {
    expect(host('default = ""')).toEqual([]);
  });

  test("5.1 without a default nothing can be judged", () => {
    expect(host("required = true")).toEqual([]);
  });
});

describe("matching", () => {
  test.each([
    ["https://a.test", "https://a.test/x?y", true],
    ["https://a.test", "http://a.test", false],
    ["https://a.test", "https://a.test:444", false],
    ["http://a.test:80", "http://a.test", true],
    ["https://*.a.test", "https://x.y.a.test", true],
    ["https://*.a.test", "https://a.test", false],
    ["http://*.test:80", "http://127.0.0.1", false],
    ["http://10.0.0.0/8", "http://10.200.0.1", true],
    ["http://10.0.0.0/8", "http://11.0.0.1", false],
    ["http://self", "http://a.test", false],
    ["*://*:*", "redis://a:1/0", true],
    ["postgresql://a.test:5432", "postgres://a.test", false],
    ["http://a.test:80..82", "http://a.test:81", true],
    ["http://a.test:80..82", "http://a.test:82", false],
    ["http://A.Test", "http://a.TEST", true],
  ])("5.2 %s and %s: %s", (entry, url, expected) => {
    expect(allows(entry, url)).toBe(expected);
  });

  test("5.2 a user and a password are no part of the destination", () => {
    expect(allows("redis://a.test:6379", "redis://user:p%40ss@a.test:6379/0")).toBe(true);
  });

  test("5.2 what is no URL, or has no host, is refused", () => {
    for (const text of ["", "://", "a b"]) expect(destinationOf(text)).toBeUndefined();
    // Not a URL by itself, it is one behind the usual scheme.
    expect(destinationOf("http://")).toEqual({ scheme: "https", host: "http", port: 443 });
  });

  test("5.1 9.5 *.spin.internal stands for the components of the app, so that unknown ids are refused", () => {
    const rules = expandServiceChaining([parseAllowedHost("http://*.spin.internal")], ["api"]);
    const reaches = (url: string) => isHostAllowed(rules, destinationOf(url) ?? ({} as never));
    expect(reaches("http://api.spin.internal/x")).toBe(true);
    expect(reaches("http://web.spin.internal/x")).toBe(false);
  });
});

describe("what dependencies inherit", () => {
  const rights =
    'ai_models = ["m"]\nallowed_outbound_hosts = ["https://a.test"]\nenvironment = { A = "1" }\nfiles = ["a/*"]\nkey_value_stores = ["k"]\nsqlite_databases = ["d"]\nvariables = { v = "x" }\n';
  const kinds = (inherit: string): string[] => {
    const text = component(`${rights}dependencies = { "a:b" = { path = "a.wasm"${inherit} } }`);
    const all = manifestCapabilities(parseManifest(text)).filter(
      ({ via }) => via !== undefined && via !== "",
    );
    return [...new Set(all.map(({ kind }) => kind as string))].sort();
  };

  test("5.7 nothing, unless it says so", () => {
    expect(kinds("")).toEqual([]);
    expect(kinds(", inherit_configuration = false")).toEqual([]);
  });

  test("5.7 all seven sets, or those that it names", () => {
    expect(kinds(", inherit_configuration = true")).toHaveLength(7);
    expect(kinds(', inherit_configuration = ["key_value_stores", "files"]')).toHaveLength(2);
  });
});
