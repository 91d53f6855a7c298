import { describe, expect, test } from "@jest/globals";
import { checkTarget, describeIssue, offers, parseInterface } from "../../../model/index.ts";
import { grant } from "../../support/grant.ts";

const handler = "wasi:http/incoming-handler@0.2.3";

describe("offers", () => {
  test.each([
    ["the same version", "wasi:io/streams@0.2.3", "wasi:io/streams@0.2.3", true],
    ["a version of the track", "wasi:io/streams@0.2", "wasi:io/streams@0.2.10", true],
    ["the track is no part of a number", "wasi:io/streams@0.2", "wasi:io/streams@0.20.0", false],
    ["another track", "wasi:io/streams@0.2", "wasi:io/streams@0.3.0", false],
    ["another interface", "wasi:io/streams@0.2", "wasi:io/poll@0.2.0", false],
    ["another package", "wasi:io/streams@0.2", "evil:io/streams@0.2.0", false],
    ["a prerelease of the track", "wasi:http/types@0.2", "wasi:http/types@0.2.0-rc-2023-11-10", false],
    [
      "the same prerelease",
      "wasi:http/types@0.2.0-rc-2023-11-10",
      "wasi:http/types@0.2.0-rc-2023-11-10",
      true,
    ],
    [
      "another prerelease",
      "wasi:http/types@0.3.0-rc-2025-09-16",
      "wasi:http/types@0.3.0-rc-2026-01-06",
      false,
    ],
    ["no version at all", "fermyon:spin/http", "fermyon:spin/http", true],
    ["a version where there is none", "fermyon:spin/key-value@2.0.0", "fermyon:spin/key-value", false],
  ])("%s: %s for %s", (_what, offer, wanted, expected) => {
    expect(offers(offer, wanted)).toBe(expected);
  });

  test("parseInterface takes name and version apart", () => {
    expect(parseInterface("wasi:http/types@0.2.10")).toEqual({ name: "wasi:http/types", version: "0.2.10" });
    expect(parseInterface("fermyon:spin/http")).toEqual({ name: "fermyon:spin/http", version: "" });
  });
});

describe("checkTarget", () => {
  test("a component that imports what is offered is fine", () => {
    const imports = ["wasi:http/types@0.2.3", "wasi:io/streams@0.2.0", "fermyon:spin/key-value@2.0.0"];
    expect(checkTarget([{ id: "api", imports, exports: [handler], grants: [] }], "bundled-host")).toEqual([]);
  });

  test.each([
    ["a prerelease", "wasi:http/types@0.2.0-rc-2023-11-10"],
    ["an interface nobody knows", "evil:corp/backdoor@1.0.0"],
    ["another major version", "fermyon:spin/key-value@3.0.0"],
    ["an unversioned one of Spin 1", "fermyon:spin/key-value"],
    ["a core module's import", "env#memory"],
  ])("%s is an error: %s", (_what, imported) => {
    const issues = checkTarget(
      [
        { id: "web", exports: [handler] },
        { id: "api", imports: [imported], exports: [handler] },
      ],
      "bundled-host",
    );
    expect(issues).toMatchObject([
      { code: "ERR_SPIN_TARGET_IMPORT", severity: "error", path: "components[1].imports" },
    ]);
    expect(issues[0]?.message).toContain(imported);
    expect(issues[0]?.message).toContain('"api"');
  });

  test("an interface under another version is told with the version that is offered", () => {
    const [only] = checkTarget(
      [{ id: "api", imports: ["fermyon:spin/key-value@9.0.0"], exports: [handler] }],
      "bundled-host",
    );
    expect(only && describeIssue(only)).toBe(
      'components[0].imports: The component "api" imports fermyon:spin/key-value@9.0.0, which the bundled host does not offer. Build it for fermyon:spin/key-value@2.0.0, which the bundled host offers.',
    );
  });

  test("a core module for WASI 0.1 is one issue, whatever it imports", () => {
    const imports = ["wasi_snapshot_preview1#fd_write", "wasi_snapshot_preview1#proc_exit"];
    const issues = checkTarget([{ id: "api", imports, exports: [handler] }], "bundled-host");
    expect(issues).toHaveLength(1);
    expect(issues[0]?.hint).toContain("component");
  });

  test.each([
    ["nothing", []],
    ["something else", ["wasi:cli/run@0.2.0"]],
  ])("a component that exports %s cannot be called", (_what, exports) => {
    expect(checkTarget([{ id: "api", imports: [], exports }], "bundled-host")).toMatchObject([
      { code: "ERR_SPIN_TARGET_EXPORT", path: "components[0].exports" },
    ]);
  });

  test.each([
    ["sqliteDatabases", { sqliteDatabases: ["shop"] }, "shop"],
    ["aiModels", { aiModels: ["llama2-chat"] }, "llama2-chat"],
    ["files", { files: [{ source: "assets", destination: "/" }] }, "assets"],
  ])("a grant of %s is refused by a host without them", (property, members, value) => {
    const issues = checkTarget(
      [{ id: "api", imports: [], exports: [handler], grants: [grant({}), grant(members)] }],
      "bundled-host",
    );
    expect(issues).toMatchObject([
      { code: "ERR_SPIN_TARGET_GRANT", path: `components[0].grants[1].${property}` },
    ]);
    expect(issues[0]?.message).toContain(value);
  });

  test("a component whose id is not known yet is spoken of without it", () => {
    const grants = [grant({ aiModels: ["llama2-chat"] })];
    const issues = checkTarget([{ imports: ["evil:x/y@1.0.0"], exports: [], grants }], "bundled-host");
    expect(issues).toHaveLength(3);
    expect(issues.map(describeIssue).join("\n")).not.toContain("undefined");
  });

  test("nothing is said about what is not known yet", () => {
    const unknown = [
      undefined,
      {},
      { id: "api", imports: undefined, exports: undefined, grants: undefined },
      { grants: [undefined] },
    ];
    expect(checkTarget(unknown as never, "bundled-host")).toEqual([]);
  });
});
