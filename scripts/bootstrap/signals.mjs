const passed = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** One Ctrl-C arrives up to three times: from the terminal, from npm, and from a Node above us. */
const sameKeyPressMs = 1000;

/**
 * Passes signals on to a child process instead of dying by them, each key press once.
 * @param {{ kill(signal: NodeJS.Signals): unknown }} child
 */
export function passSignals(child) {
  let lastAt = 0;
  /** @type {NodeJS.Signals | undefined} */
  let received;
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    const isRepeat = Date.now() - lastAt < sameKeyPressMs;
    lastAt = Date.now();
    received ??= signal;
    if (!isRepeat) child.kill(signal);
  };
  for (const signal of passed) process.on(signal, pass);
  return {
    /** The first signal that came, if any. */
    received: () => received,
    /** Gives the signals back; call it when the child has ended. */
    stop() {
      for (const signal of passed) process.off(signal, pass);
    },
  };
}
