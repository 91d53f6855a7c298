#!/usr/bin/env node
/** The pulumi-spin command as a process. What is compiled is kept: loading takes longer than most commands do. */
import { enableCompileCache } from "node:module";
import { userCache } from "../registry/user-cache.ts";

enableCompileCache(userCache("compiled"));

import("./run.ts")
  .then(({ main }) => main(process.argv.slice(2)))
  .then(
    // Set, not exited with: output that is still on its way is not cut off.
    (code) => (process.exitCode = code),
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
