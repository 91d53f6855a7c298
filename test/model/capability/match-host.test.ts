import { describe, expect, test } from "@jest/globals";
import {
  destinationOf,
  expandServiceChaining,
  isHostAllowed,
  parseAllowedHost,
} from "../../../model/index.ts";

function isAllowed(entry: string, url: string, defaultScheme?: string): boolean {
  const destination = destinationOf(url, defaultScheme);
  return destination !== undefined && isHostAllowed([parseAllowedHost(entry)], destination);
}

describe("an entry and a URL", () => {
  test.each([
    ["the same name", "https://example.com", "https://example.com/any?thing", true],
    ["another name", "https://example.com", "https://example.org", false],
    ["a name in another case", "https://example.com", "https://EXAMPLE.com", true],
    ["a name in an entry in another case", "https://EXAMPLE.com", "https://example.com", true],
    ["IDNA in the URL", "https://xn--bcher-kva.example", "https://b\u00fccher.example", true],
    ["IDNA in the entry", "https://b\u00fccher.example", "https://xn--bcher-kva.example", true],
    ["a name that only ends alike", "https://example.com", "https://notexample.com", false],
    ["a name below", "https://example.com", "https://api.example.com", false],
    ["another scheme", "https://example.com", "http://example.com:443", false],
    ["every scheme", "*://example.com:443", "https://example.com", true],
    ["a scheme in upper case in the URL", "https://example.com", "HTTPS://example.com", true],
    [
      "a scheme in upper case in the entry never matches",
      "HTTPS://example.com:443",
      "https://example.com",
      false,
    ],
    ["the default port, written out", "https://example.com", "https://example.com:443", true],
    ["another port", "https://example.com", "https://example.com:8443", false],
    ["every port", "https://example.com:*", "https://example.com:8443", true],
    ["the first port of a range", "http://a.example:3000..4000", "http://a.example:3000", true],
    ["the last port of a range", "http://a.example:3000..4000", "http://a.example:3999", true],
    ["the end of a range is not in it", "http://a.example:3000..4000", "http://a.example:4000", false],
    ["an empty range", "http://a.example:9..9", "http://a.example:9", false],
    ["a range the wrong way round", "http://a.example:9..5", "http://a.example:7", false],
    ["no port and no usual one, against a number", "tcp://a.example:1", "tcp://a.example", false],
    ["no port and no usual one, against every port", "tcp://a.example:*", "tcp://a.example", true],
    ["every host", "https://*", "https://anything.example", true],
    ["every host, by address", "https://*", "https://[::1]", true],
    ["Redis at its usual port", "redis://cache.example", "redis://cache.example", true],
    ["TLS to Redis is another scheme", "redis://cache.example", "rediss://cache.example:6379", false],
    ["postgresql is another scheme", "postgresql://db.example:5432", "postgres://db.example", false],
  ])("%s: %s and %s", (_rule, entry, url, expected) => {
    expect(isAllowed(entry, url)).toBe(expected);
  });
});

describe("*.domain", () => {
  test.each([
    ["one label below", "https://api.example.com", true],
    ["two labels below", "https://v1.api.example.com", true],
    ["never the domain itself", "https://example.com", false],
    ["never a name that only ends alike", "https://badexample.com", false],
    ["never an address", "https://10.0.0.1", false],
    ["another domain", "https://api.example.org", false],
    ["the domain as a label of another", "https://example.com.evil.example", false],
  ])("allows %s: %s is %s", (_rule, url, expected) => {
    expect(isAllowed("https://*.example.com", url)).toBe(expected);
  });
});

describe("networks", () => {
  test.each([
    ["10.0.0.0/8", "10.255.255.255", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["10.1.2.3/8", "10.9.9.9", true],
    ["192.168.1.128/25", "192.168.1.127", false],
    ["192.168.1.128/25", "192.168.1.128", true],
    ["0.0.0.0/0", "203.0.113.9", true],
    ["0.0.0.0/0", "[::1]", false],
    ["127.0.0.1", "127.0.0.1", true],
    ["127.0.0.1", "127.0.0.2", false],
    ["127.0.0.1", "127.1", true],
    ["127.0.0.1", "2130706433", true],
    ["127.0.0.1", "localhost", false],
    ["::1", "[::1]", true],
    ["::1", "[0:0:0:0:0:0:0:1]", true],
    ["fd00::/8", "[fd12:3456::1]", true],
    ["fd00::/8", "[fe00::1]", false],
    ["2001:db8::/33", "[2001:db8:8000::1]", false],
    ["::/0", "[2001:db8::1]", true],
    ["::/0", "10.0.0.1", false],
    ["10.0.0.0/8", "[::ffff:10.0.0.1]", false],
    ["10.0.0.0/8", "10.0.0.1.example.com", false],
  ])("%s and the host %s: %s", (network, host, expected) => {
    expect(isAllowed(`http://${network}`, `http://${host}/`)).toBe(expected);
  });

  test("a network has ports of its own", () => {
    expect(isAllowed("tcp://10.0.0.0/8:5000..5002", "tcp://10.1.1.1:5001")).toBe(true);
    expect(isAllowed("tcp://10.0.0.0/8:5000..5002", "tcp://10.1.1.1:5002")).toBe(false);
  });
});

describe("the app itself", () => {
  const itself = { scheme: "http", host: undefined, port: undefined };

  test.each([
    ["http://self", true],
    ["http://self.alt", true],
    ["https://self", false],
    ["http://example.com", false],
    ["http://*.example.com", false],
  ])("%s allows a request to it: %s", (entry, expected) => {
    expect(isHostAllowed([parseAllowedHost(entry)], itself)).toBe(expected);
  });

  test("self.alt in a URL is the app itself", () => {
    expect(destinationOf("http://self.alt/path")).toMatchObject({ scheme: "http", host: undefined });
  });

  test("http://self allows no host that is called self", () => {
    expect(isAllowed("http://self", "http://self/")).toBe(false);
  });
});

test("one entry must allow scheme, host and port together", () => {
  const rules = ["https://a.example", "http://b.example:*"].map(parseAllowedHost);
  const allows = (url: string) =>
    isHostAllowed(rules, destinationOf(url) ?? { scheme: "", host: "", port: 0 });
  expect(
    ["https://a.example", "http://b.example:81", "http://a.example", "https://b.example"].map(allows),
  ).toEqual([true, true, false, false]);
});

test("no entry allows nothing", () => {
  expect(isHostAllowed([], { scheme: "https", host: "example.com", port: 443 })).toBe(false);
});

describe("destinationOf", () => {
  test.each([
    ["a path and a query", "https://example.com/a?b", { scheme: "https", host: "example.com", port: 443 }],
    [
      "a default port that is written out",
      "http://example.com:80",
      { scheme: "http", host: "example.com", port: 80 },
    ],
    ["a host and no scheme", "example.com", { scheme: "https", host: "example.com", port: 443 }],
    ["a host, a path and no scheme", "example.com/a", { scheme: "https", host: "example.com", port: 443 }],
    ["IPv6 loses its brackets", "http://[::1]:8080", { scheme: "http", host: "::1", port: 8080 }],
    ["userinfo", "https://user:secret@example.com", { scheme: "https", host: "example.com", port: 443 }],
    [
      "userinfo that looks like a host",
      "https://allowed.example@evil.example",
      { scheme: "https", host: "evil.example", port: 443 },
    ],
    [
      "userinfo with a port",
      "https://allowed.example:443@evil.example",
      { scheme: "https", host: "evil.example", port: 443 },
    ],
    [
      "a password with a hash",
      "postgres://user:p#ss@db.example/name",
      { scheme: "postgres", host: "db.example", port: 5432 },
    ],
    [
      "a password with a question mark",
      "mysql://user:p?ss@db.example:3307",
      { scheme: "mysql", host: "db.example", port: 3307 },
    ],
    [
      "a fragment with an at sign",
      "https://a.example#@b.example",
      { scheme: "https", host: "a.example", port: 443 },
    ],
    [
      "a query with an at sign",
      "https://a.example?@b.example",
      { scheme: "https", host: "a.example", port: 443 },
    ],
    [
      "a path with an at sign",
      "https://a.example/@b.example",
      { scheme: "https", host: "a.example", port: 443 },
    ],
    [
      "a backslash, which the URL parser reads as a slash",
      "https://a.example\\@b.example",
      { scheme: "https", host: "a.example", port: 443 },
    ],
  ])("finds the host of a URL with %s: %s", (_what, url, expected) => {
    expect(destinationOf(url)).toEqual(expected);
  });

  test("takes the default scheme for an address without one", () => {
    expect(destinationOf("cache.example", "redis")).toEqual({
      scheme: "redis",
      host: "cache.example",
      port: 6379,
    });
  });

  test.each(["", "a b", "[::1", "exa%00mple", "exam<ple"])("%j names no destination", (url) => {
    expect(destinationOf(url)).toBeUndefined();
  });

  test.each(["http://[::1", "http://a b/", "http://exa%00mple", "http://"])(
    "%j never gives the host that it almost names, also when the default scheme is put before it",
    (url) => {
      expect(["http", undefined]).toContain(destinationOf(url)?.host);
    },
  );
});

describe("calls between components", () => {
  test("*.spin.internal means the components that are there", () => {
    const rules = expandServiceChaining([parseAllowedHost("http://*.spin.internal")], ["api", "store"]);
    const allows = (url: string) =>
      isHostAllowed(rules, destinationOf(url) ?? { scheme: "", host: "", port: 0 });
    expect(
      ["http://api.spin.internal", "http://store.spin.internal/x", "http://other.spin.internal"].map(allows),
    ).toEqual([true, true, false]);
  });

  test("other entries stay as they are", () => {
    const rules = ["https://*.example.com", "http://api.spin.internal"].map(parseAllowedHost);
    expect(expandServiceChaining(rules, ["api"])).toEqual(rules);
  });
});
