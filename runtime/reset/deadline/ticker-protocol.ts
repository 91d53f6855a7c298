/** Between the thread that runs guests and the one that raises their flags. */

/** As often as Spin's own epochs. */
export const tickMs = 10;
/** After a second in which nothing ran, the thread sleeps. */
export const idleTicks = 100;

export interface TickerData {
  control: Int32Array;
}

/** Places in `control`: guests that run now; changed to wake the thread; 1 while it sleeps. */
export const [running, wake, isSleeping] = [0, 1, 2] as const;

/** A memory whose flag is to be raised from now on, or no more. */
export type TickerMessage = { watch: SharedArrayBuffer } | { forget: SharedArrayBuffer };
