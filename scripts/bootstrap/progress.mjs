/** How often a line is printed where there is no terminal. */
const plainIntervalMs = 20_000;
const terminalIntervalMs = 250;

/**
 * Shows that something long is going on: on a terminal one line that moves, elsewhere a line every 20
 * seconds. Written to standard error, so that standard output stays the result.
 * @param {string} label what is being done, for example `Installing dependencies`
 * @param {{ stream?: NodeJS.WriteStream }} [options]
 */
export function startProgress(label, { stream = process.stderr } = {}) {
  const startedAt = Date.now();
  const isTerminal = stream.isTTY;
  let detail = "";
  const line = () => `${label}${detail === "" ? "" : `: ${detail}`}`;
  const draw = () => {
    const text = `${line()} (${seconds(startedAt)})`;
    stream.write(isTerminal ? `\r\u001B[2K${text.slice(0, (stream.columns ?? 80) - 1)}` : `${text}\n`);
  };
  if (!isTerminal) stream.write(`${label} …\n`);
  const timer = setInterval(draw, isTerminal ? terminalIntervalMs : plainIntervalMs);
  timer.unref();

  /** @param {string} text */
  const end = (text) => {
    clearInterval(timer);
    stream.write(`${isTerminal ? "\r\u001B[2K" : ""}${text}\n`);
  };
  return {
    /** Says how far it is, for example `412 of 1683 packages`. @param {string} text */
    update(text) {
      detail = text;
    },
    done() {
      end(`${label}: done (${seconds(startedAt)})`);
    },
    fail() {
      end(`${label}: failed (${seconds(startedAt)})`);
    },
  };
}

/** @typedef {ReturnType<typeof startProgress>} Progress */

/** @param {number} startedAt milliseconds since the epoch */
function seconds(startedAt) {
  const elapsedMs = Date.now() - startedAt;
  return elapsedMs < 60_000
    ? `${(elapsedMs / 1000).toFixed(1)} s`
    : `${Math.floor(elapsedMs / 60_000)} min ${Math.floor((elapsedMs % 60_000) / 1000)} s`;
}
