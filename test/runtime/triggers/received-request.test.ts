import { describe, expect, test } from "@jest/globals";
import { guestHeaders, requestTarget } from "../../../runtime/triggers/http/received-request.ts";

describe("requestTarget", () => {
  test.each([
    ["/x?y", ["Host", "a.example:3000"], { authority: "a.example:3000", pathWithQuery: "/x?y" }],
    ["/", ["host", "[::1]:80"], { authority: "[::1]:80", pathWithQuery: "/" }],
    ["http://a.example/x", ["Host", "a.example"], { authority: "a.example", pathWithQuery: "/x" }],
    ["http://a.example?q", [], { authority: "a.example", pathWithQuery: "/?q" }],
  ])("%s with %j", (url, headers, target) => {
    expect(requestTarget(url, headers)).toEqual(target);
  });

  test.each([
    ["no Host", "/", []],
    ["an empty Host", "/", ["Host", ""]],
    ["two Hosts", "/", ["Host", "a", "Host", "a"]],
    ["a Host with a path", "/", ["Host", "a/b"]],
    ["a Host with userinfo", "/", ["Host", "u@a"]],
    ["an absolute target that differs", "http://a/x", ["Host", "b"]],
    ["an internal name", "/", ["Host", "x.spin.internal"]],
  ])("there is none with %s", (_name, url, headers) => {
    expect(requestTarget(url, headers)).toBeUndefined();
  });
});

test("guestHeaders leaves out what is the connection's, the host's or forged", () => {
  const raw = [
    "Host",
    "a",
    "Connection",
    "close",
    "TE",
    "trailers",
    "Spin-Path-Info",
    "/evil",
    "X-A",
    "1",
    "x-a",
    "\u00e9",
  ];
  expect(guestHeaders(raw)).toEqual([
    ["te", Buffer.from("trailers")],
    ["x-a", Buffer.from("1")],
    ["x-a", Buffer.from([0xe9])],
  ]);
});
