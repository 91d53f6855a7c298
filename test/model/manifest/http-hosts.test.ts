/** spin.md 1.14: `allowed_http_hosts` in the words that took its place. */
import { expect, test } from "@jest/globals";
import { fromHttpHosts, outboundHostsOf } from "../../../model/manifest/http-hosts.ts";

test.each([
  ["a.test", ["http://a.test", "https://a.test"]],
  ["a.test:8080", ["http://a.test:8080", "https://a.test:8080"]],
  ["https://a.test/", ["http://a.test", "https://a.test"]],
  ["[::1]:81", ["http://[::1]:81", "https://[::1]:81"]],
  ["self", ["http://self"]],
  ["insecure:allow-all", ["http://*:*", "https://*:*", "http://self"]],
])("%s becomes %j", (entry, hosts) => {
  expect(fromHttpHosts([entry])).toEqual(hosts);
});

test("insecure:allow-all outweighs what stands beside it, also what is wrong", () => {
  expect(fromHttpHosts(["not a host", "insecure:allow-all"])).toEqual([
    "http://*:*",
    "https://*:*",
    "http://self",
  ]);
});

test.each(["a.test/path", "ftp://a.test", "two words", "a.test:port"])("%s is refused", (entry) => {
  expect(() => fromHttpHosts([entry])).toThrow(expect.objectContaining({ code: "ERR_SPIN_ALLOWED_HOST" }));
});

test("the old entries follow the new ones", () => {
  const hosts = outboundHostsOf({ allowed_outbound_hosts: ["redis://r:1"], allowed_http_hosts: ["a.test"] });
  expect(hosts).toEqual(["redis://r:1", "http://a.test", "https://a.test"]);
});
