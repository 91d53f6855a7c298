import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Blobs } from "../../../runtime/control/blobs.ts";

let stateDir: string;
let blobs: Blobs;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), "blobs-"));
  blobs = new Blobs(stateDir);
});

afterEach(() => rmSync(stateDir, { recursive: true }));

function digestOf(text: string): string {
  return `sha256:${createHash("sha256").update(text).digest("hex")}`;
}

function body(...chunks: string[]): IncomingMessage {
  return Readable.from(chunks.map((chunk) => Buffer.from(chunk))) as IncomingMessage;
}

function stored(): string[] {
  return readdirSync(join(stateDir, "blobs", "sha256"));
}

/** As if the last one who asked for it had done so two hours ago. */
function age(digest: string): void {
  const then = new Date(Date.now() - 2 * 60 * 60 * 1000);
  utimesSync(join(stateDir, "blobs", ...digest.split(":")), then, then);
}

describe("a blob", () => {
  test("is there once it was sent, whole and under its digest", async () => {
    const digest = digestOf("component");
    expect(await blobs.has(digest)).toBe(false);
    await blobs.write(digest, body("comp", "onent"));
    await blobs.write(digest, body("component"));
    expect(await blobs.has(digest)).toBe(true);
    expect(stored()).toEqual([digest.slice(7)]);
    expect(readFileSync(join(stateDir, "blobs", ...digest.split(":")), "utf8")).toBe("component");
  });

  test("with other bytes than its digest says is refused, and leaves nothing", async () => {
    const writing = blobs.write(digestOf("component"), body("something else"));
    await expect(writing).rejects.toMatchObject({
      code: "ERR_SPIN_HOST_BLOB",
      message: expect.stringContaining(digestOf("something else")),
    });
    expect(stored()).toEqual([]);
  });

  test("whose connection breaks leaves nothing", async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from("comp");
        throw new Error("reset");
      })(),
    ) as IncomingMessage;
    await expect(blobs.write(digestOf("component"), broken)).rejects.toThrow("reset");
    expect(stored()).toEqual([]);
  });

  test.each([
    "sha256:../../../etc/passwd",
    `sha256:${"A".repeat(64)}`,
    "sha256:",
    `sha512:${"0".repeat(64)}`,
    "",
  ])("named %j is refused", async (digest) => {
    await expect(blobs.has(digest)).rejects.toMatchObject({ code: "ERR_SPIN_HOST_BLOB" });
    await expect(blobs.write(digest, body(""))).rejects.toMatchObject({ code: "ERR_SPIN_HOST_BLOB" });
  });
});

describe("collecting garbage", () => {
  test("removes what is old and not needed, and nothing else", async () => {
    const [needed, unneeded, young, asked] = ["needed", "unneeded", "young", "asked"].map((it) => [
      it,
      digestOf(it),
    ]);
    for (const [text = "", digest = ""] of [needed, unneeded, young, asked].map((it) => it ?? [])) {
      await blobs.write(digest, body(text));
      if (text !== "young") age(digest);
    }
    await blobs.has(asked?.[1] ?? "");
    await blobs.collectGarbage(new Set([needed?.[1] ?? ""]));
    expect(stored().sort()).toEqual([needed, young, asked].map((it) => it?.[1]?.slice(7)).sort());
  });

  test("of a host that never had a blob does nothing", async () => {
    await expect(blobs.collectGarbage(new Set())).resolves.toBeUndefined();
  });
});
