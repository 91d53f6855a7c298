import { describe, expect, test } from "@jest/globals";
import { registrySettingsOf } from "../../../provider/definition/configuration.ts";
import {
  checkConfiguration,
  readConfiguration,
  secretSettings,
  settingsIn,
} from "../../../provider/definition/read-configuration.ts";
import { unknown } from "../../../provider/definition/unknown.ts";

const canary = "canary-7d20";

describe("the provider's configuration", () => {
  test("is what a stack's configuration has under spin:, objects as JSON", () => {
    const config = {
      "shop:token": "x",
      "spin:hostDir": "../host",
      "spin:registries": JSON.stringify({ "ghcr.io": { username: "me", password: canary } }),
      "spin:cluster": JSON.stringify({ context: "staging", namespace: "shop" }),
    };
    expect(readConfiguration(settingsIn(config))).toEqual({
      hostDir: "../host",
      registries: { "ghcr.io": { username: "me", password: canary } },
      cluster: { context: "staging", namespace: "shop" },
    });
  });

  test("may come as objects too, as the arguments of an explicit provider in YAML do", () => {
    const registries = { "localhost:5000": { insecure: true } };
    expect(readConfiguration({ registries })).toEqual({ registries });
  });

  test("leaves out what is not known yet", () => {
    const registries = { "ghcr.io": { username: "me", password: unknown } };
    expect(checkConfiguration({ hostDir: unknown, registries })).toEqual([]);
    expect(readConfiguration({ hostDir: unknown, registries })).toEqual({});
  });

  test("has settings that may hold secrets", () => {
    expect(secretSettings).toEqual(["registries", "cluster"]);
  });

  test.each([
    [{ "ghcr.io": { username: "me" } }, 'registries["ghcr.io"]', "username and password together"],
    [{ "ghcr.io": { password: canary } }, 'registries["ghcr.io"]', "username and password together"],
    [
      { "ghcr.io": { username: "me", password: canary, identityToken: canary } },
      'registries["ghcr.io"]',
      "either a password or an identityToken",
    ],
    [{ "ghcr.io": { pasword: canary } }, 'registries["ghcr.io"].pasword', "no input"],
    [{ "ghcr.io": { ca: canary } }, 'registries["ghcr.io"].ca', "BEGIN CERTIFICATE"],
    [{ "https://ghcr.io/me": {} }, 'registries["https://ghcr.io/me"]', "host or host:port"],
    [{ "ghcr.io": { insecure: canary } }, 'registries["ghcr.io"].insecure', "expected boolean"],
    [canary, "registries", "expected record"],
  ])("is refused at the place that is wrong, without its value: %j", (registries, path, message) => {
    const [found, ...others] = checkConfiguration({ registries: JSON.stringify(registries) });
    expect(others).toEqual([]);
    expect(found?.path).toBe(path);
    expect(`${found?.message}`.toLowerCase()).toContain(message.toLowerCase());
    expect(JSON.stringify(found)).not.toContain(canary);
  });

  test("names all that is wrong when a process has to work with it", () => {
    const given = { hostDir: "", cluster: '{"namespace":"Shop"}' };
    expect(() => readConfiguration(given)).toThrow(/spin:hostDir.*spin:cluster\.namespace.*DNS label/);
  });

  test("is found for a registry by any of its names", () => {
    const registries = { "index.docker.io": { username: "me", password: "x" } };
    expect(registrySettingsOf({ registries }, "docker.io")).toEqual(registries["index.docker.io"]);
    expect(registrySettingsOf({ registries }, "ghcr.io")).toEqual({});
    expect(registrySettingsOf({}, "ghcr.io")).toEqual({});
  });
});
