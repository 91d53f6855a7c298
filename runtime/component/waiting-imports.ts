/**
 * The only functions of the host that may wait, as the WIT names them, without version. They may return a promise, which
 * suspends the guest's stack (JSPI) while others run; and should return the value itself when it is there. A host function
 * that comes to wait has to stand here, on both bindings.
 */
export const waitingImports: readonly string[] = [
  "wasi:io/poll#poll",
  "wasi:io/poll#[method]pollable.block",
  "wasi:io/streams#[method]input-stream.blocking-read",
  "wasi:io/streams#[method]input-stream.blocking-skip",
  "wasi:io/streams#[method]output-stream.blocking-write-and-flush",
  "wasi:io/streams#[method]output-stream.blocking-flush",
  "wasi:io/streams#[method]output-stream.blocking-write-zeroes-and-flush",
  "wasi:io/streams#[method]output-stream.blocking-splice",
];
