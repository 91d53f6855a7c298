import { expect, test } from "@jest/globals";
import { describeIssue, validateGrant } from "../../../model/index.ts";

const lines = (host: string): string[] => validateGrant({ allowedOutboundHosts: [host] }).map(describeIssue);

test.each([
  ["a scheme in upper case", "HTTP://example.com:80", 'the scheme "HTTP" is not in lower case'],
  ["a scheme of no letters", "://example.com:80", 'the scheme "" is not in lower case'],
  ["the long name of a scheme", "postgresql://db:5432", 'Spin asks for the scheme "postgres"'],
  ["an empty range of ports", "tcp://db:90..80", "its port range is empty"],
  ["a range of one end", "tcp://db:80..80", "its port range is empty"],
  ["self with a slash", "http://self/", 'is read as a host named "self"'],
  ["self in upper case", "http://SELF", 'is read as a host named "self"'],
])("%s is in the grammar and never matches", (_what, host, reason) => {
  const [found] = validateGrant({ allowedOutboundHosts: [host] });
  expect(found).toMatchObject({
    code: "ERR_SPIN_ALLOWED_HOST_NEVER",
    severity: "error",
    path: "allowedOutboundHosts[0]",
  });
  expect(found?.message).toContain(reason);
});

test.each([
  "https://a.example",
  "*://*:*",
  "http://self",
  "http://self.alt",
  "tcp://10.0.0.0/8:80..90",
  "postgres://db",
  "udp://0.0.0.0:*",
])("%s is fine", (host) => {
  expect(lines(host)).toEqual([]);
});

test.each([
  ["example.com", 'has no scheme; expected scheme://host[:port]. Did you mean "https://example.com"?'],
  [
    "*",
    'has no scheme; expected scheme://host[:port]. Name the hosts it calls; "*://*:*" would allow every one.',
  ],
  [
    "tcp://db",
    'has no port, and the scheme "tcp" has no usual one. Add a port, a range A..B, or ":*" for every port.',
  ],
])("%s: the message says what was found and the hint what to write", (host, expected) => {
  expect(lines(host)).toEqual([`allowedOutboundHosts[0]: The allowed host "${host}" ${expected}`]);
});
