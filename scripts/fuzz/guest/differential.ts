/**
 * Holds an instance that is reset after each request against a fresh one for each: same results, same traps, same memory
 * and globals, and after each reset the same start.
 */
import { rewriteModule } from "../../../runtime/reset/rewrite-module.ts";
import { FreshState } from "../../../runtime/reset/state/fresh-state.ts";
import { flagOffset } from "../../../runtime/reset/state/mark-map.ts";
import { type Random, randomOf } from "../random.ts";
import { compile, compileRewritten, countingPause, type Guest, instantiate } from "./instances.ts";
import { madeUpModule } from "./made-up.ts";

export interface Compared {
  /** Requests that were answered twice. */
  requests: number;
  /** Of them, those after which the instance was reset, or had to be thrown away. */
  resets: number;
  discarded: number;
  /** Steps, as guests count them: turns of loops and calls. */
  steps: number;
  pauses: number;
}

const requestsPerModule = 12;

/** Throws an Error that says what differs. The bytes decide what is made up. */
export function resetLikeFresh(input: Uint8Array): Compared {
  const random = randomOf(
    input.reduce((hash, byte) => Math.imul(hash ^ byte, 0x0100_0193), 0x811c_9dc5),
    0,
  );
  const modules = [madeUpModule(random, false), madeUpModule(random, true)];
  const limits = { memoryBytes: 3 * 65_536, tableElements: 100 };
  const checks = random.oneIn(2);
  // Beyond its size, a guest with headroom meets zeros where a plain one traps: it is held against one of its kind.
  const headroomPages = random.below(2);
  const rewritten = modules.map((bytes) =>
    rewriteModule(bytes, { ...limits, marks: true, checks, headroomPages }),
  );
  const changed = compileRewritten(rewritten);
  const others = headroomPages === 0 ? compile(modules) : changed;
  const { pause, calls } = countingPause();
  const compared: Compared = { requests: 0, resets: 0, discarded: 0, steps: 0, pauses: 0 };
  const make = (): Kept => {
    const fresh = new FreshState({ verify: true, pause, best: random.oneIn(8) ? "memory" : "dirty-pages" });
    const guest = instantiate(changed, fresh);
    if (fresh.capture().level === "fresh-instance") throw new Error("the guest cannot be reset");
    return { guest, fresh };
  };
  let kept = make();
  for (; compared.requests < requestsPerModule; compared.requests++) {
    const other = instantiate(others);
    same(kept.guest, other, "at the start");
    if (request(kept, other, random, compared) || !kept.fresh.restore()) {
      compared.discarded++;
      kept = make();
    } else compared.resets++;
  }
  compared.pauses = calls();
  return compared;
}

interface Kept {
  guest: Guest;
  fresh: FreshState;
}

/** One to three calls, with writes of the host between them; whether the guest has trapped. */
function request({ guest, fresh }: Kept, other: Guest, random: Random, compared: Compared): boolean {
  for (let left = 1 + random.below(3); left > 0; left--) {
    if (random.oneIn(3)) hostWrites({ guest, fresh }, other, random);
    for (const { buffer } of fresh.flags) new Int32Array(buffer, flagOffset, 1)[0] = random.below(2);
    const [which, a, b] = [random.below(2), random.below(70_000), random.below(2 ** 31)];
    const [one, two] = [guest.run(which, a, b), other.run(which, a, b)];
    if (one.value !== two.value)
      throw new Error(`run(${a}, ${b}) gave ${one.value}, and ${two.value} in a fresh instance`);
    same(guest, other, `after run(${a}, ${b})`);
    compared.steps += 300 - Number(guest.globals()[5 * which]);
    if (one.hasTrapped) return true;
  }
  return false;
}

function hostWrites({ guest, fresh }: Kept, other: Guest, random: Random): void {
  const [address, length] = [random.below(130_000), random.below(random.oneIn(4) ? 1000 : 20)];
  guest.memory().fill(0x5a, address, address + length);
  other.memory().fill(0x5a, address, address + length);
  fresh.writesTo(guest.exportedMemory)(address, length);
}

function same(one: Guest, other: Guest, when: string): void {
  if (Buffer.compare(one.memory(), other.memory()) !== 0) throw new Error(`memories differ ${when}`);
  const [globals, others] = [one.globals(), other.globals()];
  const at = globals.findIndex((value, index) => !Object.is(value, others[index]));
  if (at >= 0)
    throw new Error(`global ${at} is ${globals[at]} ${when}, and ${others[at]} in a fresh instance`);
}
