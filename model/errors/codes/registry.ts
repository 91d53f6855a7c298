import type { ErrorEntry } from "../table.ts";

export const registryErrors = {
  ERR_SPIN_REGISTRY_DIGEST_SYNTAX: {
    fault: "user",
    summary: "A digest is not written as `sha256:` and 64 hexadecimal digits.",
    hint: "Write it as sha256:<hex>, as `sha256sum FILE` prints it.",
  },
  ERR_SPIN_REGISTRY_DIGEST: {
    fault: "remote",
    summary: "Fetched bytes have another digest than the one they were asked by.",
    hint: "Do not use them. Compare the digest with its source; the content at this address may have changed.",
  },
  ERR_SPIN_REGISTRY_URL: {
    fault: "user",
    summary: "An address to fetch from is no URL of http or https, or holds a user or password.",
    hint: "Write it as https://host/path, without user and password.",
  },
  ERR_SPIN_REGISTRY_SIZE: {
    fault: "remote",
    summary: "Fetched content is larger than a component may be.",
    hint: "Check that the address serves a component.",
  },
  ERR_SPIN_REGISTRY_UNREACHABLE: {
    fault: "remote",
    summary: "An address to fetch from did not answer.",
    hint: "Check the address and the network, and run again.",
  },
  ERR_SPIN_REGISTRY_STATUS: {
    fault: "remote",
    summary: "An address to fetch from answered with an error status.",
    hint: "Check the address, and whether it wants credentials.",
  },
  ERR_SPIN_COMPONENT_PACKAGE: {
    fault: "user",
    summary: "A component comes from a package registry, and its content is not known here.",
    hint: "Fetch it with `wkg get`, and name the file, or its URL with the digest.",
  },
} as const satisfies Record<string, ErrorEntry>;
