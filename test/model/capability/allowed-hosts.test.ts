import { describe, expect, test } from "@jest/globals";
import { parseAllowedHost } from "../../../model/index.ts";
import { caught } from "../../support/caught.ts";

const https = { from: 443, until: 444 };

describe("what an entry allows", () => {
  test.each([
    [
      "a name with the scheme's own port",
      "https://example.com",
      { scheme: "https", host: { kind: "name", name: "example.com" }, port: https },
    ],
    [
      "blanks around the entry do not count",
      "  https://example.com  ",
      { scheme: "https", host: { kind: "name", name: "example.com" }, port: https },
    ],
    [
      "a port",
      "http://example.com:8080",
      { scheme: "http", host: { kind: "name", name: "example.com" }, port: { from: 8080, until: 8081 } },
    ],
    [
      "every port",
      "https://example.com:*",
      { scheme: "https", host: { kind: "name", name: "example.com" }, port: undefined },
    ],
    [
      "a range without its end",
      "http://a.b:3000..4000",
      { scheme: "http", host: { kind: "name", name: "a.b" }, port: { from: 3000, until: 4000 } },
    ],
    [
      "an empty range is read, as Spin reads it",
      "http://a.b:9..9",
      { scheme: "http", host: { kind: "name", name: "a.b" }, port: { from: 9, until: 9 } },
    ],
    [
      "a trailing slash after the port",
      "https://example.com:443/",
      { scheme: "https", host: { kind: "name", name: "example.com" }, port: https },
    ],
    [
      "a trailing slash after the host",
      "https://example.com/",
      { scheme: "https", host: { kind: "name", name: "example.com" }, port: https },
    ],
    [
      "every scheme",
      "*://example.com:1",
      { scheme: undefined, host: { kind: "name", name: "example.com" }, port: { from: 1, until: 2 } },
    ],
    ["everything", "*://*:*", { scheme: undefined, host: { kind: "any" }, port: undefined }],
    ["every host", "https://*", { scheme: "https", host: { kind: "any" }, port: https }],
    [
      "the app itself",
      "http://self",
      { scheme: "http", host: { kind: "self" }, port: { from: 80, until: 81 } },
    ],
    [
      "the app itself, spelled self.alt",
      "https://self.alt",
      { scheme: "https", host: { kind: "self" }, port: https },
    ],
    [
      "every name below a domain",
      "https://*.example.com",
      { scheme: "https", host: { kind: "below", domain: "example.com" }, port: https },
    ],
    [
      "upper case in a name is folded",
      "https://EXAMPLE.com",
      { scheme: "https", host: { kind: "name", name: "example.com" }, port: https },
    ],
    [
      "upper case below a domain is folded",
      "https://*.EXAMPLE.com",
      { scheme: "https", host: { kind: "below", domain: "example.com" }, port: https },
    ],
    [
      "IDNA",
      "https://b\u00fccher.example",
      { scheme: "https", host: { kind: "name", name: "xn--bcher-kva.example" }, port: https },
    ],
    [
      "the scheme is kept as it is written",
      "HTTPS://a.b:1",
      { scheme: "HTTPS", host: { kind: "name", name: "a.b" }, port: { from: 1, until: 2 } },
    ],
    [
      "an unknown scheme with a port",
      "smtp://mail.example:25",
      { scheme: "smtp", host: { kind: "name", name: "mail.example" }, port: { from: 25, until: 26 } },
    ],
  ])("%s: %s", (_rule, entry, expected) => {
    expect(parseAllowedHost(entry)).toEqual(expected);
  });

  test.each([
    ["http", 80],
    ["https", 443],
    ["postgres", 5432],
    ["mysql", 3306],
    ["redis", 6379],
    ["mqtt", 1883],
  ])("%s means the port %d when none is written", (scheme, port) => {
    expect(parseAllowedHost(`${scheme}://db.example`).port).toEqual({ from: port, until: port + 1 });
  });

  test.each([
    ["an IPv4 address", "http://10.0.0.1", 32],
    ["an IPv4 network", "http://10.0.0.0/8", 8],
    ["an IPv4 network with host bits", "http://10.1.2.3/8", 8],
    ["an IPv4 network with a port", "tcp://10.0.0.0/8:5000", 8],
    ["a bare IPv6 address", "http://::1", 128],
    ["a bracketed IPv6 address", "http://[::1]", 128],
    ["a bracketed IPv6 address with a port", "http://[::1]:8080", 128],
    ["an IPv6 network", "http://fd00::/8", 8],
    ["the network of every address", "udp://0.0.0.0/0:*", 0],
  ])("%s is a network: %s", (_what, entry, prefix) => {
    expect(parseAllowedHost(entry).host).toMatchObject({ kind: "network", prefix });
  });

  test("an IPv6 address keeps its last group, which is no port", () => {
    expect(parseAllowedHost("http://fe80::8080").port).toEqual({ from: 80, until: 81 });
  });

  test("a port may have a plus, as Rust's numbers may", () => {
    expect(parseAllowedHost("http://example.com:+80").port).toEqual({ from: 80, until: 81 });
  });

  test("IPv4 in a short form is one address", () => {
    expect(parseAllowedHost("http://127.1").host).toEqual({ kind: "name", name: "127.0.0.1" });
  });
});

describe("what is no entry", () => {
  test.each([
    ["nothing", "", /scheme:\/\/host/],
    ["a star alone", "*", /\*:\/\/\*:\*/],
    ["a colon alone", ":", /scheme:\/\/host/],
    ["a question mark alone", "?", /scheme:\/\/host/],
    ["a host without a scheme", "example.com", /no scheme.*https:\/\/example\.com/],
    ["a host and port without a scheme", "example.com:80", /no scheme/],
    ["the word for everything of Spin 1", "insecure:allow-all", /\*:\/\/\*:\*/],
    ["a path", "https://example.com/api", /path/],
    ["a path after the port", "https://example.com:443/api", /path/],
    ["a list of schemes", "{http,https}://example.com:80", /one entry for each/],
    ["a scheme with a digit", "h2://example.com:80", /letters/],
    ["a scheme with a plus", "redis+tls://example.com:80", /letters/],
    ["a list of hosts", "https://{a,b}.example", /one entry for each/],
    ["a star inside a name", "https://api.*.com", /\*/],
    ["a star as part of a label", "https://a*.example.com", /\*/],
    ["two stars", "https://*.*.example.com", /\*/],
    ["no host", "https://", /host/],
    ["no host but a port", "https://:443", /host/],
    ["a blank in the host", "https://exa mple.com", /host/],
    ["userinfo", "https://user@example.com", /host/],
    ["a query", "https://example.com?x", /host/],
    ["no port for a scheme without a usual one", "tcp://example.com", /port/],
    ["no port for every scheme", "*://example.com", /port/],
    ["no port for TLS to Redis", "rediss://example.com", /port/],
    ["a port that is too large", "https://example.com:65536", /port.*65536/],
    ["a negative port", "https://example.com:-1", /port/],
    ["a port that is no number", "https://example.com:https", /port/],
    ["a list of ports", "https://example.com:{80,443}", /one entry for each/],
    ["a range with an inclusive end", "https://example.com:80..=90", /port/],
    ["a range without an end", "https://example.com:80..", /port/],
    ["something below an address", "https://*.10.0.0.1", /address/],
    ["a network size that is too large", "http://10.0.0.0/33", /network size "\/33"; expected \/0 to \/32/],
  ])("%s: %s", (_rule, entry, expected) => {
    const error = caught(() => parseAllowedHost(entry));
    expect(error.code).toBe("ERR_SPIN_ALLOWED_HOST");
    expect(`${error.message} ${error.hint}`).toMatch(expected);
    expect(error.message).toContain(`"${entry}"`);
    expect(error.hint).toMatch(/[.?]$/);
  });

  test.each([
    [
      "api.example.com",
      "has no scheme; expected scheme://host[:port].",
      'Did you mean "https://api.example.com"?',
    ],
    [
      "https://api.example.com/v1",
      'has the path "/v1"; a host is allowed as a whole.',
      'Write scheme://host[:port], for example "https://api.example.com" or "redis://*.cache.internal:6379".',
    ],
    [
      "tcp://db.example",
      'has no port, and the scheme "tcp" has no usual one.',
      'Add a port, a range A..B, or ":*" for every port.',
    ],
  ])("a newcomer reads for %s", (entry, message, hint) => {
    const error = caught(() => parseAllowedHost(entry));
    expect([error.message, error.hint]).toEqual([`The allowed host "${entry}" ${message}`, hint]);
  });
});
