/** The rules of crates/outbound-networking-config/src/allowed_hosts.rs, one test each. */
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { destinationOf, isHostAllowed, isSpinError, parseAllowedHost } from "../../../model/index.ts";
import { anyCharacter } from "../../support/any-character.ts";

function isAllowed(entry: string, url: string): boolean {
  const destination = destinationOf(url);
  return destination !== undefined && isHostAllowed([parseAllowedHost(entry)], destination);
}

function outcome(entry: string): string {
  try {
    return parseAllowedHost(entry).host.kind;
  } catch (error) {
    return isSpinError(error) ? error.code : String(error);
  }
}

describe("an entry is read", () => {
  test.each([
    [
      "a name takes the port of its scheme",
      "http://Example.COM",
      "http",
      { kind: "name", name: "example.com" },
      80,
    ],
    [
      "blanks around it do not count",
      "  https://example.com ",
      "https",
      { kind: "name", name: "example.com" },
      443,
    ],
    [
      "a colon without a port is no port",
      "http://example.com:",
      "http",
      { kind: "name", name: "example.com" },
      80,
    ],
    [
      "a slash after the host is no path",
      "http://example.com/",
      "http",
      { kind: "name", name: "example.com" },
      80,
    ],
    [
      "a slash after the port is no path",
      "http://example.com:8080/",
      "http",
      { kind: "name", name: "example.com" },
      8080,
    ],
    [
      "other scripts become IDNA",
      "https://b\u00fccher.example",
      "https",
      { kind: "name", name: "xn--bcher-kva.example" },
      443,
    ],
    ["short IPv4 forms are written out", "http://127.1", "http", { kind: "name", name: "127.0.0.1" }, 80],
    ["a trailing dot stays", "http://example.com.", "http", { kind: "name", name: "example.com." }, 80],
    [
      "IPv6 in brackets",
      "http://[2001:db8::1]",
      "http",
      { kind: "network", address: "2001:db8::1", prefix: 128 },
      80,
    ],
    [
      "IPv6 in brackets, with a port",
      "http://[::1]:8001",
      "http",
      { kind: "network", address: "::1", prefix: 128 },
      8001,
    ],
    [
      "IPv6 in brackets, with a slash",
      "http://[::1]:8080/",
      "http",
      { kind: "network", address: "::1", prefix: 128 },
      8080,
    ],
    ["bare IPv6 has no port", "http://::1", "http", { kind: "network", address: "::1", prefix: 128 }, 80],
    ["a bare IPv6 network", "http://::1/128", "http", { kind: "network", address: "::1", prefix: 128 }, 80],
    [
      "a bare IPv6 network with a port",
      "http://2001:db8::/32:443",
      "http",
      { kind: "network", address: "2001:db8::", prefix: 32 },
      443,
    ],
    [
      "an IPv4 network with a port",
      "tcp://10.0.0.0/8:53",
      "tcp",
      { kind: "network", address: "10.0.0.0", prefix: 8 },
      53,
    ],
    [
      "names below a domain",
      "redis://*.cache.example",
      "redis",
      { kind: "below", domain: "cache.example" },
      6379,
    ],
    ["self", "http://self", "http", { kind: "self" }, 80],
    ["self.alt", "http://self.alt:9000", "http", { kind: "self" }, 9000],
    ["self with a slash is a name", "http://self/", "http", { kind: "name", name: "self" }, 80],
    ["schemes keep their case", "HTTP://example.com:80", "HTTP", { kind: "name", name: "example.com" }, 80],
  ])("%s: %s", (_rule, entry, scheme, host, port) => {
    expect(parseAllowedHost(entry)).toEqual({ scheme, host, port: { from: port, until: port + 1 } });
  });

  test("* stands for any scheme, any host, any port", () => {
    expect(parseAllowedHost("*://*:*")).toEqual({
      scheme: undefined,
      host: { kind: "any" },
      port: undefined,
    });
  });

  test("a range of ports leaves its end out, and may be empty", () => {
    expect(parseAllowedHost("tcp://db:8080..8090").port).toEqual({ from: 8080, until: 8090 });
    expect(parseAllowedHost("tcp://db:90..80").port).toEqual({ from: 90, until: 80 });
  });

  test.each([
    ["http", 80],
    ["https", 443],
    ["postgres", 5432],
    ["mysql", 3306],
    ["redis", 6379],
    ["mqtt", 1883],
  ])("%s has the port %i when none is written", (scheme, port) => {
    expect(parseAllowedHost(`${scheme}://db`).port).toEqual({ from: port, until: port + 1 });
  });
});

describe("an entry is refused", () => {
  test.each([
    ["nothing", "", "has no scheme"],
    ["a star alone", "*", "has no scheme"],
    ["Spin 1's word for everything", "insecure:allow-all", "has no scheme"],
    ["no scheme", "example.com:8080", "expected scheme://host[:port]"],
    ["an address without a scheme", "[::1]:8080", "has no scheme"],
    ["a list of schemes", "{http,https}://example.com:80", "lists schemes"],
    ["a scheme with other characters", "h2c://example.com:80", "letters only"],
    ["a scheme without a usual port", "tcp://example.com", "has no usual one"],
    ["any scheme without a port", "*://example.com", "has no usual one"],
    ["a scheme that objects inherit", "constructor://example.com", "has no usual one"],
    ["no host", "http://", "has no host"],
    ["a port only", "http://:80", "has no host"],
    ["a list of hosts", "http://{a,b}", "lists hosts"],
    ["a list of ports", "http://example.com:{80,81}", "lists ports"],
    ["a path", "http://example.com/a", 'has the path "/a"'],
    ["a path after the port", "http://example.com:6666/a/b", 'has the path "/a/b"'],
    ["a path after an address", "http://[::1]/foo", "path"],
    ["a path after a network", "http://ff00::/8/extra", "path"],
    ["two slashes", "http://example.com//", "path"],
    ["two slashes after self", "http://self//", "path"],
    ["two slashes after an address", "http://[::1]//", "path"],
    ["a star inside a name", "http://exa*mple.com", "* stands alone or for the first labels"],
    ["two stars", "http://*.*.example.com", "* stands alone or for the first labels"],
    ["a star and a slash", "http://*/", "* stands alone or for the first labels"],
    ["nothing below the star", "http://*.", "* stands alone"],
    ["an address below the star", "http://*.127.0.0.1", "nothing below"],
    ["an octal address below the star", "http://*.192.168.001.001", "nothing below"],
    ["IPv6 below the star", "http://*.[::1]", "* stands alone"],
    ["an open bracket", "http://[::1", "expected a name"],
    ["text after a bracket", "http://[::1]junk", "expected a name"],
    ["a network in brackets", "http://[fd00::/8]:80", "path"],
    ["two ports", "http://example.com:80:90", "expected a name"],
    ["two colons", "http://[::1]::80", "expected a name"],
    ["a port that is no number", "http://example.com:8O8O", 'has the port "8O8O"'],
    ["a port out of range", "http://example.com:99999", 'has the port "99999"'],
    ["a range out of range", "http://example.com:8080..70000", 'has the port "8080..70000"'],
    ["a range without an end", "http://*.example.com:8080..", 'has the port "8080.."'],
    ["a prefix longer than the address", "tcp://10.0.0.0/33:80", 'network size "/33"'],
    ["a broken escape", "http://example%GG.com", "expected a name"],
    ["a backslash", "http://exa\\mple.com", "expected a name"],
    ["userinfo", "http://me@example.com", "expected a name"],
    ["a query", "http://example.com?x", "expected a name"],
    ["a line break", "http://exa\nmple.com", "expected a name"],
  ])("%s: %j", (_what, entry, expected) => {
    expect(() => parseAllowedHost(entry)).toThrow(
      expect.objectContaining({ code: "ERR_SPIN_ALLOWED_HOST", message: expect.stringContaining(expected) }),
    );
  });

  test("with a coded error, whatever the text", () => {
    const piece = fc.constantFrom(
      "http",
      "*",
      "://",
      ":",
      "/",
      ".",
      "self",
      "[",
      "]",
      "::1",
      "10.0.0.0/8",
      "80",
      "..",
      "{",
      "a.b",
    );
    const text = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (entry) => {
        expect(outcome(entry)).toMatch(/^(any|self|name|below|network|ERR_SPIN_ALLOWED_HOST)$/);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a call is matched", () => {
  test.each([
    ["scheme, host and port together", "https://example.com", "https://example.com/path?query", true],
    ["not another scheme", "https://example.com", "http://example.com", false],
    ["not another host", "https://example.com", "https://example.org", false],
    ["not a host below", "https://example.com", "https://a.example.com", false],
    ["not another port", "https://example.com", "https://example.com:8443", false],
    ["the usual port written out", "https://example.com", "https://example.com:443", true],
    ["a port of its own", "https://example.com:8443", "https://example.com:8443", true],
    ["names in any case", "https://EXAMPLE.com", "https://example.COM", true],
    ["names in any script", "https://b\u00fccher.example", "https://xn--bcher-kva.example", true],
    ["any scheme", "*://example.com:6379", "redis://example.com", true],
    ["any host", "http://*", "http://anything.example", true],
    ["any port", "http://example.com:*", "http://example.com:1234", true],
    ["any port where a scheme has none", "tcp://example.com:*", "tcp://example.com", true],
    ["no port where a scheme has none", "tcp://example.com:5", "tcp://example.com", false],
    ["the first of a range", "tcp://db:80..90", "tcp://db:80", true],
    ["the last of a range", "tcp://db:80..90", "tcp://db:89", true],
    ["not the end of a range", "tcp://db:80..90", "tcp://db:90", false],
    ["nothing in an empty range", "tcp://db:90..80", "tcp://db:85", false],
    ["a scheme in upper case matches nothing", "HTTP://example.com:80", "http://example.com", false],
    ["names below", "http://*.example.com", "http://a.example.com", true],
    ["names further below", "http://*.Example.COM", "http://a.b.example.com/x", true],
    ["not the domain itself", "http://*.example.com", "http://example.com", false],
    ["not a name that ends alike", "http://*.example.com", "http://badexample.com", false],
    ["an address in a network", "http://127.0.0.0/24", "http://127.0.0.63", true],
    ["an address out of a network", "http://127.0.0.0/24", "http://127.0.1.0", false],
    ["host bits of a network do not count", "http://10.1.2.3/8", "http://10.9.9.9", true],
    ["a short form of an address", "http://127.0.0.1", "http://127.1", true],
    ["a number as an address", "http://127.0.0.1", "http://2130706433", true],
    ["not a name in a network", "http://0.0.0.0/0", "http://localhost", false],
    ["IPv6 in a network", "http://2001:db8::/32", "http://[2001:db8:abcd::1]/x", true],
    ["IPv6 out of a network", "http://2001:db8::/32", "http://[2001:db9::1]", false],
    ["IPv6 written another way", "http://[::1]", "http://[0:0:0:0:0:0:0:1]", true],
    ["not an IPv4 address mapped into IPv6", "http://10.0.0.0/8", "http://[::ffff:10.0.0.1]", false],
    ["mapped addresses in an IPv6 network", "http://::/0", "http://[::ffff:10.0.0.1]", true],
    ["hosts of other schemes in any case", "redis://cache.example", "redis://CACHE.example", true],
    ["addresses of other schemes in short form", "redis://127.0.0.1", "redis://127.1", true],
    ["a password with marks of URLs", "postgres://db", "postgres://user:p?a#ss@db/name", true],
    ["a password says nothing about the host", "postgres://evil", "postgres://user:evil@db/name", false],
    [
      "the client of an HTTP URL decides where its host ends",
      "http://b.example",
      "http://a.example#@b.example",
      false,
    ],
    ["self does not open the network", "http://self", "http://localhost", false],
    ["self.alt is the app itself", "http://self", "http://self.alt/path", true],
    ["self in another scheme", "https://self", "http://self.alt", false],
    ["any host opens the app itself", "http://*", "http://self.alt", true],
    ["a port of self does not count", "http://self:9000", "http://self.alt", true],
    ["a name of self is a name", "http://self/", "http://self.alt", false],
  ])("%s: %s for %s", (_rule, entry, url, expected) => {
    expect(isAllowed(entry, url)).toBe(expected);
  });

  test("by one entry, never by parts of several", () => {
    const rules = ["https://a.example", "http://b.example"].map(parseAllowedHost);
    expect(isHostAllowed(rules, { scheme: "https", host: "b.example", port: 443 })).toBe(false);
  });

  test("by none when nothing is allowed", () => {
    expect(isHostAllowed([], { scheme: "https", host: "a.example", port: 443 })).toBe(false);
  });

  test("for an address without a scheme by the interface's own", () => {
    expect(destinationOf("cache.example:6380", "redis")).toEqual({
      scheme: "redis",
      host: "cache.example",
      port: 6380,
    });
    expect(destinationOf("localhost:6379", "redis")).toEqual({
      scheme: "redis",
      host: "localhost",
      port: 6379,
    });
  });

  test("never for what is no URL", () => {
    expect(destinationOf("")).toBeUndefined();
    expect(destinationOf("://")).toBeUndefined();
  });

  test("by an entry made of the very same scheme, host and port", () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
    const name = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
    const port = fc.integer({ min: 1, max: 65_535 });
    fc.assert(
      fc.property(
        fc.constantFrom("http", "https", "redis", "tcp"),
        name,
        port,
        port,
        (scheme, host, own, other) => {
          fc.pre(!/^self(\.alt)?$/.test(host));
          const url = `${scheme}://${host}:${own}`;
          expect(isAllowed(url, url)).toBe(true);
          expect(isAllowed(`${scheme}://${host}:${other}`, url)).toBe(own === other);
        },
      ),
    );
  });
});
