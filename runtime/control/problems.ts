import type { AdminError } from "../admin/protocol.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** By then, what held a port for a moment has let go of it. */
const lastingAttempts = 4;

interface Problem {
  error: AdminError;
  attempts: number;
  timer: NodeJS.Timeout;
}

/** Apps that should run and cannot: why, and when to try again, with pauses that grow. */
export class Problems {
  readonly #problems = new Map<string, Problem>();
  readonly #retry: (app: string) => Promise<void>;

  constructor(retry: (app: string) => Promise<void>) {
    this.#retry = retry;
  }

  get(app: string): AdminError | undefined {
    return this.#problems.get(app)?.error;
  }

  /** Whether it has failed several times in a row. */
  isLasting(app: string): boolean {
    return (this.#problems.get(app)?.attempts ?? 0) >= lastingAttempts;
  }

  add(app: string, error: AdminError): void {
    const former = this.#problems.get(app);
    clearTimeout(former?.timer);
    if (former?.error.message !== error.message) {
      console.error(`${new Date().toISOString()} "${app}" cannot run: ${error.message} (${error.code})`);
    }
    const attempts = (former?.attempts ?? 0) + 1;
    const pauseMs = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
    const timer = setTimeout(() => void this.#retry(app), pauseMs).unref();
    this.#problems.set(app, { error, attempts, timer });
  }

  clear(app: string): void {
    clearTimeout(this.#problems.get(app)?.timer);
    this.#problems.delete(app);
  }
}
