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
    summary: "Content that is fetched is larger than it may be, or of another size than was announced.",
    hint: "Check that the address serves what is expected, and run again.",
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
  ERR_SPIN_REGISTRY_UNAUTHORIZED: {
    fault: "user",
    summary: "A registry wants credentials, and there are none, or it does not take them.",
    hint: "Run `pulumi-spin login REGISTRY`, or set SPIN_REGISTRY_USERNAME and SPIN_REGISTRY_PASSWORD.",
  },
  ERR_SPIN_REGISTRY_DENIED: {
    fault: "user",
    summary: "A registry knows who asks, and does not allow it.",
    hint: "Ask for the right to pull from, or push to, this repository; check the reference's spelling.",
  },
  ERR_SPIN_REGISTRY_NOT_FOUND: {
    fault: "user",
    summary: "A registry does not have what a reference names; or hides it from whoever has no right to it.",
    hint: "Check the reference, and whether its registry wants credentials.",
  },
  ERR_SPIN_REGISTRY_THROTTLED: {
    fault: "remote",
    summary: "A registry limits how often it is asked, and the limit is reached.",
    hint: "Wait as long as the message says and run again; credentials often raise the limit.",
  },
  ERR_SPIN_REGISTRY_UNSUPPORTED: {
    fault: "remote",
    summary: "A registry does not allow an operation at all, deleting for example.",
    hint: "Enable it in the registry's configuration, or do without.",
  },
  ERR_SPIN_REGISTRY_PROTOCOL: {
    fault: "remote",
    summary: "A registry or its token server gave an answer that breaks OCI's distribution specification.",
    hint: "Check that the address is a registry's; a proxy in between may have answered instead.",
  },
  ERR_SPIN_REGISTRY_REDIRECT: {
    fault: "remote",
    summary: "A registry sends from one address to another too often, or to one without TLS.",
    hint: "Correct the address that the registry gives for itself, often a setting of the proxy before it.",
  },
  ERR_SPIN_REGISTRY_TLS: {
    fault: "user",
    summary: "A registry's certificate is not trusted, or it does not speak TLS.",
    hint: "Give the certificate of its authority: --ca-file FILE, or NODE_EXTRA_CA_CERTS.",
  },
  ERR_SPIN_REGISTRY_CREDENTIALS: {
    fault: "user",
    summary: "A place that keeps credentials is there, and cannot be used.",
    hint: "Correct the file that the message names, or run `pulumi-spin login REGISTRY`.",
  },
  ERR_SPIN_COMPONENT_PACKAGE: {
    fault: "user",
    summary: "A component comes from a package registry, and its content is not known here.",
    hint: "Fetch it with `wkg get`, and name the file, or its URL with the digest.",
  },
} as const satisfies Record<string, ErrorEntry>;
