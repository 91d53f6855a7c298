/** Content whose writing was interrupted, and goes on: by the same process, after a kill, or not at all. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf } from "../../model/digest.ts";
import { ContentCache } from "../../registry/content-cache.ts";

const bytes = randomBytes(1_000_000);
const digest = digestOf(bytes);
const hex = digest.slice("sha256:".length);
const half = bytes.subarray(0, 500_000);
/** Of a process that has ended. */
const { pid: deadPid } = spawnSync(process.execPath, ["-e", ""]);
const machine = digestOf(hostname()).slice("sha256:".length, "sha256:".length + 8);

let folder: string;
let asked: number[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-spin-unfinished-"));
  asked = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The bytes from where they are asked for; an error after so many. */
function from(whole: Buffer, failsAt = Number.POSITIVE_INFINITY) {
  return async function* (offset: number): AsyncGenerator<Uint8Array> {
    asked.push(offset);
    for (let at = offset; at < whole.length; at += 100_000) {
      if (at >= failsAt) throw new Error("the line went dead");
      yield whole.subarray(at, at + 100_000);
    }
  };
}

const resume = (source: ReturnType<typeof from>, cache = new ContentCache(folder)): Promise<void> =>
  cache.resume(digest, source, bytes.length);
const left = (owner = machine, pid = deadPid): string => join(folder, `${hex}.${owner}.${pid}.x`);

async function expectWhole(): Promise<void> {
  expect(await readdir(folder)).toEqual([hex]);
  expect((await readFile(join(folder, hex))).equals(bytes)).toBe(true);
}

describe("what was begun", () => {
  test("and failed goes on from there", async () => {
    await expect(resume(from(bytes, 600_000))).rejects.toThrow("the line went dead");
    expect(await readdir(folder)).toEqual([expect.stringMatching(`^${hex}\\.`)]);
    await resume(from(bytes));
    expect(asked).toEqual([0, 600_000]);
    await expectWhole();
  });

  test("by a process that was killed goes on from there, and the longest of several", async () => {
    await writeFile(left(), half);
    await writeFile(`${left()}2`, bytes.subarray(0, 700_000));
    await resume(from(bytes));
    expect(asked).toEqual([700_000]);
    // The other one goes with the next sweep: it is of no use any more.
    await resume(from(bytes));
    await expectWhole();
  });

  test("and is whole needs only its name", async () => {
    await writeFile(left(), bytes);
    await resume(from(bytes));
    expect(asked).toEqual([1_000_000]);
    await expectWhole();
  });

  test.each([
    ["other bytes", Buffer.alloc(500_000, 1)],
    ["more than there may be", Buffer.concat([bytes, bytes])],
  ])("and has %s begins anew", async (_what, content) => {
    await writeFile(left(), content);
    await resume(from(bytes));
    expect(asked.at(-1)).toBe(0);
    await expectWhole();
  });

  test("and is little is not kept", async () => {
    await expect(resume(from(bytes, 100_000))).rejects.toThrow("the line went dead");
    expect(await readdir(folder)).toEqual([]);
  });

  test("by a process that runs is its own", async () => {
    await writeFile(left(machine, process.pid), half);
    await resume(from(bytes));
    expect(asked).toEqual([0]);
    expect(await readdir(folder)).toHaveLength(2);
  });
});

describe("a sweep", () => {
  const old = new Date(Date.now() - 2 * 86_400_000);
  const other = digestOf("other").slice("sha256:".length);

  /** Some write, which sweeps first. */
  async function sweep(): Promise<string[]> {
    const small = Buffer.from("small");
    await new ContentCache(folder).write(digestOf(small), from(small)(0), 100);
    return (await readdir(folder)).filter((name) => name.includes("."));
  }

  test("takes what is little, old, or there as a whole, and leaves what may go on", async () => {
    await writeFile(join(folder, `${other}.${machine}.${deadPid}.little`), "little");
    await writeFile(join(folder, `${other}.${machine}.${deadPid}.old`), half);
    await utimes(join(folder, `${other}.${machine}.${deadPid}.old`), old, old);
    await writeFile(join(folder, hex), bytes);
    await writeFile(left(), half);
    await writeFile(join(folder, `${other}.${machine}.${deadPid}.useful`), half);
    await writeFile(join(folder, `${other}.${machine}.${process.pid}.running`), "x");
    await writeFile(join(folder, `${other}.${machine}.0.given-up`), half);
    expect((await sweep()).map((name) => name.split(".")[3]).sort()).toEqual([
      "given-up",
      "running",
      "useful",
    ]);
  });

  test("leaves other machines' alone until they are old", async () => {
    await writeFile(left("00000000"), "x");
    await writeFile(`${left("00000000")}-old`, "x");
    await utimes(`${left("00000000")}-old`, old, old);
    expect(await sweep()).toEqual([`${hex}.00000000.${deadPid}.x`]);
  });
});
