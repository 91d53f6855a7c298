import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noteStop, wasStoppedSince } from "../../../runtime/control/stop-note.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stop-note-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The clock that dates files is coarser than Date.now(). */
const secondMs = 1000;

describe("a stop of the host", () => {
  test("counts for processes that were launched before it, not for later ones", () => {
    const now = Date.now();
    expect(wasStoppedSince(folder, now - secondMs)).toBe(false);
    noteStop(folder);
    expect(wasStoppedSince(folder, now - secondMs)).toBe(true);
    expect(wasStoppedSince(folder, Date.now() + secondMs)).toBe(false);
  });

  test("of a clock that was ahead keeps nobody from starting", () => {
    noteStop(folder);
    const later = new Date(Date.now() + 3600 * secondMs);
    utimesSync(join(folder, "stopped"), later, later);
    expect(wasStoppedSince(folder, Date.now())).toBe(false);
  });
});
