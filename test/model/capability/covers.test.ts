import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type AllowedHost,
  covers,
  type Destination,
  isHostAllowed,
  parseAllowedHost,
} from "../../../model/index.ts";

const entry = (text: string): AllowedHost => parseAllowedHost(text);

describe("covers (spin.md 5.1 and 5.2)", () => {
  test.each([
    ["the same", "https://api.example.com", "https://api.example.com", true],
    ["the default port, written out", "https://api.example.com", "https://api.example.com:443", true],
    ["a domain and a name below", "https://*.example.com", "https://api.example.com", true],
    ["a domain and its own name", "https://*.example.com", "https://example.com", false],
    ["a domain and one below", "https://*.example.com", "https://*.api.example.com", true],
    ["a domain that only ends alike", "https://*.example.com", "https://*.badexample.com", false],
    ["a name and its domain", "https://api.example.com", "https://*.example.com", false],
    ["every port and one", "https://a.example:*", "https://a.example", true],
    ["one port and every", "https://a.example", "https://a.example:*", false],
    ["a range and a part of it", "http://a.example:80..90", "http://a.example:81..90", true],
    ["a range and one beyond", "http://a.example:80..90", "http://a.example:89..91", false],
    ["a range never is every port", "http://a.example:0..65535", "http://a.example:*", false],
    ["every scheme and one", "*://a.example:443", "https://a.example", true],
    ["one scheme and every", "https://a.example", "*://a.example:443", false],
    ["a scheme in upper case is another", "https://a.example", "HTTPS://a.example:443", false],
    ["a network and an address in it", "tcp://10.0.0.0/8:5432", "tcp://10.1.2.3:5432", true],
    ["a network and a smaller one", "tcp://10.0.0.0/8:1", "tcp://10.5.0.0/16:1", true],
    ["a network and a larger one", "tcp://10.5.0.0/16:1", "tcp://10.0.0.0/8:1", false],
    ["host bits of a network do not count", "tcp://10.9.9.9/8:1", "tcp://10.0.0.0/16:1", true],
    ["networks of two families", "tcp://0.0.0.0/0:1", "tcp://[::1]:1", false],
    ["two spellings of an address of IPv6", "tcp://[::1]:1", "tcp://[0:0:0:0:0:0:0:1]:1", true],
    ["an address in short form is that address", "http://127.0.0.1", "http://127.1", true],
    ["and the other way round", "http://127.1", "http://127.0.0.1", true],
    ["an address in short form lies in networks", "http://127.0.0.0/8:80", "http://127.1", true],
    ["an address in short form is no network", "http://127.1", "http://127.0.0.0/31:80", false],
    ["every host and a name", "https://*", "https://a.example", true],
    ["every host and a network", "https://*", "https://10.0.0.0/8", true],
    ["every host and the app itself", "https://*", "https://self", true],
    ["every address is not every host", "https://0.0.0.0/0", "https://*", false],
    ["the app itself, at whatever port", "http://self:1", "http://self:2", true],
    ["the app itself by another scheme", "http://self", "https://self", false],
    ["the app itself is no host", "http://self", "http://*", false],
    ["an empty range is covered by anything", "https://a.example", "redis://b.example:9..9", true],
    [
      "but every host includes the app itself, whatever the port",
      "https://a.example",
      "https://*:9..9",
      false,
    ],
    ["and that is all it then has", "https://self", "https://*:9..9", true],
    ["everything and everything", "*://*:*", "*://*:*", true],
    ["everything and nearly everything", "https://*:*", "*://*:*", false],
    ["all components and one", "http://*.spin.internal", "http://api.spin.internal", true],
  ])("%s: %s over %s", (_what, a, b, expected) => {
    expect(covers(entry(a), entry(b))).toBe(expected);
  });
});

/** Small enough to be tried as a whole, and with a witness for each way in which two entries differ. */
const hosts = [
  "example.com",
  "api.example.com",
  "v1.api.example.com",
  "other.example.com",
  "zz.other.example.com",
  "badexample.com",
  "x.badexample.com",
  "127.0.0.0",
  "127.0.0.1",
  "127.0.0.2",
  "127.0.0.3",
  "127.0.1.0",
  "126.0.0.0",
  "10.0.0.0",
  "10.128.0.0",
  "192.0.2.1",
  "::",
  "::1",
  "::2",
  "8000::",
  "fc00::1",
  undefined,
];
const ports = [undefined, 0, 79, 80, 81, 82, 83, 442, 443, 444, 65_535];
const universe: Destination[] = ["http", "https", "redis", "other"].flatMap((scheme) =>
  hosts.flatMap((host) => ports.map((port) => ({ scheme, host, port }))),
);

const entries = fc
  .record({
    scheme: fc.constantFrom("*", "http", "https", "redis"),
    host: fc.constantFrom(
      "*",
      "self",
      "example.com",
      "api.example.com",
      "*.example.com",
      "*.api.example.com",
      "*.badexample.com",
      "127.1",
      "127.0.0.1",
      "127.0.0.0/31",
      "127.0.0.0/30",
      "127.0.0.0/8",
      "0.0.0.0/0",
      "10.0.0.0/8",
      "10.0.0.0/9",
      "::/0",
      "::/127",
      "::1",
      "fc00::/7",
      "EXAMPLE.com",
    ),
    port: fc.constantFrom("*", "80", "443", "80..83", "81..83", "80..80", "83..80", "79..444"),
  })
  .map(({ scheme, host, port }) => entry(`${scheme}://${bracketed(host)}:${port}`));

/** An address of IPv6 with a port. */
function bracketed(host: string): string {
  return host.includes(":") && !host.includes("/") ? `[${host}]` : host;
}

const allowedBy = (rule: AllowedHost): Destination[] => universe.filter((it) => isHostAllowed([rule], it));

describe("covers(a, b), for entries of the grammar", () => {
  test("holds exactly when every destination that b allows is allowed by a", () => {
    fc.assert(
      fc.property(entries, entries, (a, b) => {
        expect(covers(a, b)).toBe(allowedBy(b).every((it) => isHostAllowed([a], it)));
      }),
      { numRuns: 600 },
    );
  });

  test("is reflexive and transitive", () => {
    fc.assert(
      fc.property(entries, entries, entries, (a, b, c) => {
        expect(covers(a, a)).toBe(true);
        if (covers(a, b) && covers(b, c)) expect(covers(a, c)).toBe(true);
      }),
    );
  });

  test("of *://*:* holds for each", () => {
    fc.assert(fc.property(entries, (b) => covers(entry("*://*:*"), b)));
  });
});
