import { describe, expect, test } from "@jest/globals";
import { defaultRetryPolicy, waitFor } from "../../../registry/http/index.ts";
import { retryAfterMs } from "../../../registry/http/retry.ts";
import { transient } from "../../../registry/http/transience.ts";

describe("retryAfterMs", () => {
  const now = Date.UTC(2026, 0, 1);
  test.each([
    [undefined, undefined],
    ["0", 0],
    ["12", 12_000],
    ["Thu, 01 Jan 2026 00:00:30 GMT", 30_000],
    ["Wed, 31 Dec 2025 00:00:00 GMT", 0],
    ["soon", undefined],
  ])("%s is %s", (header, expected) => {
    expect(retryAfterMs(header, now)).toBe(expected);
  });
});

describe("waitFor", () => {
  const quick = { ...defaultRetryPolicy, firstWaitMs: 1, longestWaitMs: 2, longestRetryAfterMs: 100 };

  test.each([
    ["a failure that stays", new Error("wrong"), 1, false],
    ["a failure that may pass", transient(new Error("busy")), 1, true],
    ["the last attempt", transient(new Error("busy")), 5, false],
    ["as long as it is asked to", transient(new Error("busy"), { retryAfterMs: 5 }), 1, true],
    ["no longer than it may", transient(new Error("busy"), { retryAfterMs: 101 }), 1, false],
  ])("%s", async (_, error, attempt, expected) => {
    expect(await waitFor(error, attempt, quick)).toBe(expected);
  });

  test("ends when the work is called off", async () => {
    const stop = new AbortController();
    const waiting = waitFor(
      transient(new Error("busy")),
      1,
      { ...quick, firstWaitMs: 60_000, longestWaitMs: 60_000 },
      stop.signal,
    );
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
    expect(await waitFor(transient(new Error("busy")), 1, quick, stop.signal)).toBe(false);
  });
});
