/** spin.md 1.11: names of dependencies. */
import { describe, expect, test } from "@jest/globals";
import {
  byDependencyName,
  parseDependencyName,
  parseVersion,
  versionTrack,
} from "../../../model/manifest/dependency-name.ts";

describe("parseDependencyName", () => {
  test.each(["ns:pkg", "ns:pkg@1.2.3", "ns:pkg/iface", "ns:pkg/iface@0.1.0-rc.1", "plain-word"])(
    "reads %s",
    (name) => {
      expect(parseDependencyName(name)).toBeDefined();
    },
  );

  test.each([
    "",
    "ns:",
    ":pkg",
    "ns:pkg/",
    "ns:pkg@1",
    "ns:pkg@",
    "a:b:c",
    "ns/iface",
    "two words",
    "snake_word",
    "ns:pkg/i/j",
  ])("refuses %j", (name) => {
    expect(parseDependencyName(name)).toBeUndefined();
  });
});

test.each([
  ["1.2.3", "1"],
  ["0.2.3", "0.2"],
  ["0.0.3", "0.0.3"],
  ["1.0.0-rc.1", "1.0.0-rc.1"],
])("versions as %s are compatible within %s", (text, track) => {
  const version = parseVersion(text);
  expect(version && versionTrack(version)).toBe(track);
});

test("Spin writes dependencies with plain words first, then by package, version and interface", () => {
  const ordered = [
    "b",
    "z",
    "a:b",
    "a:b/c",
    "a:b/d",
    "a:b/c@0.9.0",
    "a:b@0.10.0-rc.1",
    "a:b@0.10.0",
    "a:c",
    "b:a",
  ];
  for (let turn = 0; turn < ordered.length; turn++) {
    const shuffled = [...ordered.slice(turn), ...ordered.slice(0, turn)].toReversed();
    expect(shuffled.sort(byDependencyName)).toEqual(ordered);
  }
});
