import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../bootstrap/failure.mjs";

/**
 * The routes of the quickstart that show something each: a variable, a counter, a call granted, one denied,
 * Rust.
 */
export const tour = ["/", "/count", "/count", "/outbound/granted", "/outbound/denied", "/stats"];

const requestTimeoutMs = 30_000;
const connectAttempts = 20;
const connectPauseMs = 250;
const shownCharacters = 400;

/**
 * Calls the app as a visitor would and shows each request with its answer. Throws a Failure when it does not
 * answer.
 */
export async function showRequests(url: string, paths: string[], say: (line: string) => void): Promise<void> {
  for (const path of paths) {
    const address = new URL(path, url).href;
    say(`  GET ${address}`);
    const startedAt = performance.now();
    const response = await request(address);
    const body = (await response.text()).trimEnd();
    const elapsedMs = Math.round(performance.now() - startedAt);
    say(`  ${response.status} ${response.statusText} in ${elapsedMs} ms`);
    const shown = body.length > shownCharacters ? `${body.slice(0, shownCharacters)} …` : body;
    say(
      `${shown
        .split("\n")
        .map((line) => `    ${line}`)
        .join("\n")}\n`,
    );
    // Only the front page says whether the app works: other routes may answer with an error on purpose.
    if (path === "/" && !response.ok) throw noAnswer(address, `answered ${response.status}`);
  }
}

async function request(address: string): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await fetch(address, { signal: AbortSignal.timeout(requestTimeoutMs), redirect: "manual" });
    } catch (error) {
      const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
      if (cause?.code !== "ECONNREFUSED" || attempt === connectAttempts)
        throw noAnswer(address, cause?.message ?? String(error));
      await sleep(connectPauseMs);
    }
  }
}

function noAnswer(address: string, what: string): Failure {
  return new Failure(
    `The app is deployed but ${address} does not answer as it should: ${what}.`,
    "See what the host says: npx pulumi-spin host logs quickstart (with PULUMI_SPIN_HOST_DIR=.quickstart/host).",
  );
}
