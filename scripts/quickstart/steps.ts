/** Names of the parts of `npm start`, in their order; each is timed. */
export type Step = "install" | "pulumi" | "dist" | "components" | "preview" | "up" | "request";

/** Runs the parts one after the other, says each with its duration, and adds the durations up. */
export function createSteps(say: (line: string) => void) {
  const timingsMs: Partial<Record<Step, number>> = {};
  const add = (step: Step, ms: number): void => {
    timingsMs[step] = Math.round((timingsMs[step] ?? 0) + ms);
  };
  return {
    timingsMs,
    add,
    async run<Result>(step: Step, title: string, work: () => Promise<Result>): Promise<Result> {
      const startedAt = performance.now();
      say(`\n── ${title}`);
      const result = await work();
      add(step, performance.now() - startedAt);
      return result;
    },
    /** One line: what each part took, and the whole. */
    summary(): string {
      const entries = Object.entries(timingsMs);
      const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
      const total = entries.reduce((sum, [, ms]) => sum + ms, 0);
      return `${entries.map(([step, ms]) => `${step} ${seconds(ms)}`).join(" · ")} · together ${seconds(total)}`;
    },
  };
}
