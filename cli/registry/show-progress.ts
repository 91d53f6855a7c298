/** What happens to each layer: bars on a terminal, a line for each that is done elsewhere. On stderr: stdout is the result. */
import { mediaTypes } from "../../model/artifact/index.ts";
import type { BlobProgress, OnProgress } from "../../registry/artifact/index.ts";

export interface ProgressView {
  onProgress: OnProgress;
  done(): void;
}

export interface ProgressScreen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const barWidth = 24;
const redrawMs = 80;
/** More lines than this would scroll away; the others are counted. */
const mostLines = 12;

export function showProgress(verb: string, screen: ProgressScreen = process.stderr): ProgressView {
  return screen.isTTY === true ? bars(verb, screen) : lines(verb, screen);
}

function lines(verb: string, screen: ProgressScreen): ProgressView {
  return {
    onProgress: (progress) => {
      const { descriptor, state } = progress;
      if (state === "started" || state === "moving") return;
      screen.write(`${stateText(state, verb)}: ${nameOf(progress)} (${sizeText(descriptor.size)})\n`);
    },
    done: () => undefined,
  };
}

function bars(verb: string, screen: ProgressScreen): ProgressView {
  const blobs = new Map<string, BlobProgress>();
  let drawn = 0;
  let drawnAt = 0;
  const draw = (): void => {
    drawnAt = Date.now();
    const all = [...blobs.values()];
    const shown = all.slice(-mostLines);
    const rest = all.length - shown.length;
    const texts = [
      ...(rest > 0 ? [`${rest} more ${rest === 1 ? "layer" : "layers"}`] : []),
      ...shown.map((it) => barText(it, verb)),
    ].map((text) => text.slice(0, (screen.columns ?? 80) - 1));
    const back = drawn === 0 ? "" : `\u001B[${drawn}A`;
    screen.write(`${back}${texts.map((text) => `\u001B[2K${text}\n`).join("")}`);
    drawn = texts.length;
  };
  return {
    onProgress: (progress) => {
      blobs.set(progress.descriptor.digest, progress);
      if (progress.state !== "moving" || Date.now() - drawnAt >= redrawMs) draw();
    },
    done: () => {
      if (blobs.size > 0) draw();
    },
  };
}

function barText(progress: BlobProgress, verb: string): string {
  const { state, doneBytes, descriptor } = progress;
  const name = nameOf(progress).padEnd(24);
  const size = sizeText(descriptor.size).padStart(9);
  if (state !== "started" && state !== "moving") return `${name} ${size}  ${stateText(state, verb)}`;
  const share = descriptor.size === 0 ? 0 : Math.min(1, doneBytes / descriptor.size);
  const full = Math.round(share * barWidth);
  const bar = `${"█".repeat(full)}${"░".repeat(barWidth - full)}`;
  return `${name} ${size}  ${bar} ${Math.floor(share * 100)} %`;
}

const names: Record<string, string> = {
  [mediaTypes.spinWasm]: "wasm",
  [mediaTypes.wasm]: "wasm",
  [mediaTypes.spinData]: "file",
  [mediaTypes.spinArchive]: "archive",
  [mediaTypes.spinApplication]: "app",
  [mediaTypes.imageConfig]: "config",
};

/** `wasm 3f2a91c0bb12`: what it is, and which one. */
function nameOf({ descriptor: { mediaType, digest } }: BlobProgress): string {
  const start = "sha256:".length;
  return `${names[mediaType] ?? "layer"} ${digest.slice(start, start + 12)}`;
}

function stateText(state: "exists" | "mounted" | "done", verb: string): string {
  return state === "exists" ? "is there already" : state === "mounted" ? "mounted" : verb;
}

/** `12.3 MB`. */
export function sizeText(sizeBytes: number): string {
  const units = ["B", "kB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, sizeBytes)) / 3));
  return `${power === 0 ? sizeBytes : (sizeBytes / 1000 ** power).toFixed(1)} ${units[power]}`;
}
