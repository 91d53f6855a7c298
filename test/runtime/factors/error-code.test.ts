import { expect, test } from "@jest/globals";
import { httpFailure } from "../../../runtime/factors/outbound-http/error-code.ts";
import { chainedComponent } from "../../../runtime/factors/outbound-http/chain.ts";

const coded = (code: string, more: object = {}) => Object.assign(new Error("it failed"), { code, ...more });

test.each([
  [coded("ECONNREFUSED"), "connection-refused"],
  [new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]), "connection-refused"],
  [coded("ENOTFOUND"), "DNS-error"],
  [coded("EAI_AGAIN"), "DNS-error"],
  [coded("UND_ERR_CONNECT_TIMEOUT"), "connection-timeout"],
  [coded("UND_ERR_HEADERS_TIMEOUT"), "connection-read-timeout"],
  [coded("UND_ERR_SOCKET"), "connection-terminated"],
  [coded("DEPTH_ZERO_SELF_SIGNED_CERT"), "TLS-certificate-error"],
  [coded("ERR_TLS_CERT_ALTNAME_INVALID"), "TLS-certificate-error"],
  [coded("ERR_SSL_WRONG_VERSION_NUMBER"), "TLS-protocol-error"],
  [coded("HPE_INVALID_CONSTANT"), "HTTP-protocol-error"],
  [coded("ESOMETHING"), "internal-error"],
])("%s is %s", (error, tag) => {
  expect(httpFailure(error).errorCode.tag).toBe(tag);
});

test("a failure of wasi:http stays what it is", () => {
  const failure = httpFailure(coded("ECONNRESET"));
  expect(httpFailure(failure)).toBe(failure);
});

test.each([
  ["back-end.spin.internal", "back-end"],
  ["a.spin.internal:80", "a"],
  ["a.b.spin.internal", undefined],
  ["spin.internal", undefined],
  ["a.spin.internal.example", undefined],
])("%s names the component %s", (authority, id) => {
  expect(chainedComponent(authority)).toBe(id);
});
