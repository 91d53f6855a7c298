/** Worker thread: raises the flags of guests every few milliseconds while any of them runs; sleeps otherwise. */
import { parentPort, receiveMessageOnPort, workerData } from "node:worker_threads";
import { flagOffset } from "../state/mark-map.ts";
import {
  idleTicks,
  isSleeping,
  running,
  type TickerData,
  type TickerMessage,
  tickMs,
  wake,
} from "./ticker-protocol.ts";

const { control } = workerData as TickerData;
const flags = new Map<SharedArrayBuffer, Int32Array>();
let idle = 0;

for (;;) {
  const seen = Atomics.load(control, wake);
  takeMessages();
  idle = Atomics.load(control, running) === 0 ? idle + 1 : 0;
  if (idle > idleTicks) sleep(seen);
  else if (Atomics.wait(control, wake, seen, tickMs) === "timed-out")
    for (const flag of flags.values()) Atomics.store(flag, 0, 1);
}

/** Says so first, and looks again: whoever begins to run in between either sees it or is seen. */
function sleep(seen: number): void {
  Atomics.store(control, isSleeping, 1);
  if (Atomics.load(control, running) === 0) Atomics.wait(control, wake, seen);
  Atomics.store(control, isSleeping, 0);
  idle = 0;
}

function takeMessages(): void {
  if (parentPort === null) return;
  for (;;) {
    const received = receiveMessageOnPort(parentPort);
    if (received === undefined) return;
    const message = received.message as TickerMessage;
    if ("watch" in message) flags.set(message.watch, new Int32Array(message.watch, flagOffset, 1));
    else flags.delete(message.forget);
  }
}
