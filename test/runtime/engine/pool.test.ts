import { expect, test } from "@jest/globals";
import { limitsOf } from "../../../runtime/engine/limits.ts";
import { InstancePool, type Pooled } from "../../../runtime/engine/pool/instance-pool.ts";
import { MemoryBudget } from "../../../runtime/engine/pool/memory-budget.ts";
import { Turns } from "../../../runtime/engine/pool/turns.ts";

const busy = expect.objectContaining({ code: "ERR_SPIN_RUNTIME_BUSY" });
const mebibytes = (count: number): number => count * 1024 * 1024;
const never = new AbortController().signal;

interface Fake extends Pooled {
  name: number;
  log: string[];
}

function pool(
  budget: MemoryBudget,
  { canReset = true, ...limits }: { canReset?: boolean; concurrency?: number; queue?: number } = {},
) {
  const made: Fake[] = [];
  const instances = new InstancePool<Fake>("c", limitsOf(limits), budget, () => {
    const log: string[] = [];
    const instance = {
      handle: () => Promise.resolve(),
      begin: () => void log.push("begin"),
      end: () => void log.push("end"),
      reset: () => (log.push("reset"), canReset),
      memoryBytes: mebibytes(2),
      close: () => void log.push("close"),
    };
    const entry = { name: made.length, log, instance, begin: () => {}, end: () => {} };
    made.push(entry);
    return Promise.resolve(entry);
  });
  return { instances, made };
}

test("an instance is reset before it serves again, and its successor is another one when it cannot be", async () => {
  for (const canReset of [true, false]) {
    const { instances, made } = pool(new MemoryBudget(1e9), { canReset });
    for (let left = 2; left > 0; left--) (await instances.acquire(never)).release(false);
    expect(made.length).toBe(canReset ? 1 : 2);
    expect(made[0]?.log).toEqual(
      canReset ? ["begin", "end", "reset", "begin", "end"] : ["begin", "end", "reset", "close"],
    );
    instances.close();
  }
});

test("an instance that failed is thrown away", async () => {
  const { instances, made } = pool(new MemoryBudget(1e9));
  (await instances.acquire(never)).release(true);
  expect(made[0]?.log).toEqual(["begin", "end", "close"]);
  (await instances.acquire(never)).release(false);
  expect(made.length).toBe(2);
});

test("requests under way at the same time have an instance each", async () => {
  const { instances, made } = pool(new MemoryBudget(1e9));
  const leases = await Promise.all([instances.acquire(never), instances.acquire(never)]);
  expect(new Set(leases.map(({ entry }) => entry.name)).size).toBe(2);
  leases.forEach(({ release }) => release(false));
  await instances.acquire(never);
  expect(made.length).toBe(2);
});

test("memory that all instances of a host take is limited; idle ones make room, the oldest first", async () => {
  const budget = new MemoryBudget(mebibytes(5));
  const [one, other] = [pool(budget), pool(budget)];
  (await one.instances.acquire(never)).release(false);
  const kept = await other.instances.acquire(never);
  expect(budget.usedBytes).toBe(mebibytes(4));
  await other.instances.acquire(never);
  expect(one.made[0]?.log.at(-1)).toBe("close");
  await expect(other.instances.acquire(never)).rejects.toEqual(busy);
  kept.release(false);
  await other.instances.acquire(never);
  other.instances.close();
  expect(budget.usedBytes).toBe(mebibytes(4));
});

test("what comes beyond the queue is refused, what waits is served in order, what is given up waits no more", async () => {
  const turns = new Turns("c", { concurrency: 1, queue: 2 });
  await turns.take(never);
  const order: string[] = [];
  const gone = new AbortController();
  const first = turns.take(gone.signal).catch(() => order.push("given up"));
  const second = turns.take(never).then(() => order.push("second"));
  await expect(turns.take(never)).rejects.toEqual(busy);
  gone.abort();
  await first;
  const third = turns.take(never).then(() => order.push("third"));
  turns.done();
  await second;
  turns.done();
  await third;
  expect(order).toEqual(["given up", "second", "third"]);
});
