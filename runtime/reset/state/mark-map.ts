/**
 * One byte for each page of a guest's memory, in a second memory of its module. It covers everything that 32 bits can
 * address, so that writing a mark never traps, whatever the guest passes as an address. After it stands the flag that asks
 * the guest to pause.
 */

/** 4 KiB, the size of the operating system's pages. */
export const pageBits = 12;
export const pageBytes = 1 << pageBits;
export const mapBytes = 2 ** (32 - pageBits);

/** Where the number of unused pages stands; see `headroomPages`. */
export const unusedOffset = mapBytes + 128;

/**
 * Memories begin with this many pages of 64 KiB more than they say, 4 MiB, or as many as their maximum lets them. Growing
 * uses these first: then nothing has really grown, and the instance can be reset. Beyond, it is thrown away. The guest's
 * memory.size and memory.grow know of it, so that they give what they should.
 */
export const headroomPages = 64;

const wasmPageBytes = 65_536;
/** Where the flag stands, as a number of 32 bits. */
export const flagOffset = mapBytes + 64;
/** Size of the memory that holds the marks and the flag, in pages of WebAssembly. */
export const mapPages = mapBytes / wasmPageBytes + 1;

/**
 * How far a mark reaches beyond its page: the bytes that follow are restored with it. So one mark at a store's first byte
 * covers a store across the end of the page, and nearby stores through the same pointer.
 */
export const slackBytes = 512;
/** Of a vector. */
const widestStoreBytes = 16;
export const markReach = slackBytes - widestStoreBytes;
