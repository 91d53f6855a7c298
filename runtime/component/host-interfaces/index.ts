import { fermyonSpin } from "./fermyon-spin.ts";
import { wasiCli } from "./wasi-cli.ts";
import { wasiClocks } from "./wasi-clocks.ts";
import { wasiFilesystem } from "./wasi-filesystem.ts";
import { wasiHttp } from "./wasi-http.ts";
import { wasiIo } from "./wasi-io.ts";
import { wasiRandom } from "./wasi-random.ts";
import { wasiSockets } from "./wasi-sockets.ts";
import type { HostInterfaces } from "./types.ts";

/**
 * Every function of the interfaces that the host offers, with its type, from the WIT of WASI 0.2.12 and of Spin. A component
 * may import these and nothing else of an interface: a class of the host has more (what the host itself calls, what
 * JavaScript gives every class), and what is handed over has to be what both sides take it for. A new host function is
 * added here.
 */
export const hostInterfaces: HostInterfaces = {
  ...fermyonSpin,
  ...wasiCli,
  ...wasiClocks,
  ...wasiFilesystem,
  ...wasiHttp,
  ...wasiIo,
  ...wasiRandom,
  ...wasiSockets,
};
