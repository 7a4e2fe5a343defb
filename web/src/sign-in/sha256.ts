// SHA-256 (FIPS 180-4) for pages that are not a secure context: over plain http in a local network
// a browser has no crypto.subtle, and PKCE (RFC 7636) needs this one digest.

const BLOCK_BYTES = 64;

// FIPS 180-4 4.2.2 and 5.3.3: the first 32 bits of the fractional parts of the cube roots, and of
// the square roots, of the first primes. Computed in doubles, which err by less than 4e-6 of the
// last bit; none of these lies closer than 9e-4 to where it would be rounded otherwise.
const PRIMES = firstPrimes(64);
const ROUND_CONSTANTS = PRIMES.map((prime) => fractionBits(Math.cbrt(prime)));
const INITIAL_STATE = PRIMES.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)));

export function sha256(input: Uint8Array): Uint8Array {
  const state = Uint32Array.from(INITIAL_STATE);
  const padded = pad(input);
  for (let offset = 0; offset < padded.byteLength; offset += BLOCK_BYTES) {
    compress(state, new DataView(padded.buffer, offset, BLOCK_BYTES));
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(index * 4, word));
  return new Uint8Array(digest.buffer);
}

// FIPS 180-4 5.1.1: a 1 bit, zeros, and the length in bits as 64 bits.
function pad(input: Uint8Array): Uint8Array<ArrayBuffer> {
  const blocks = Math.ceil((input.length + 9) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(input);
  padded[input.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(input.length / 2 ** 29));
  view.setUint32(padded.length - 4, input.length << 3);
  return padded;
}

// FIPS 180-4 6.2.2.
function compress(state: Uint32Array, block: DataView): void {
  const schedule = new Uint32Array(64);
  for (let t = 0; t < 16; t += 1) schedule[t] = block.getUint32(t * 4);
  for (let t = 16; t < 64; t += 1) {
    const w15 = schedule[t - 15]!;
    const w2 = schedule[t - 2]!;
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[t] = schedule[t - 16]! + s0 + schedule[t - 7]! + s1;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let t = 0; t < 64; t += 1) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + sum1 + choice + ROUND_CONSTANTS[t]! + schedule[t]!) >>> 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    [h, g, f, e, d, c, b] = [g, f, e, (d + t1) >>> 0, c, b, a];
    a = (t1 + sum0 + majority) >>> 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = state[index]! + word;
  });
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function fractionBits(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
