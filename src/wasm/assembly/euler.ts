// Euler characteristic of packed planes by counts of runs, 64 lattice places at a time.

/** Runs that begin in a word; `carry` is the last bit of the word before it. */
// @ts-ignore: decorator
@inline
function begun(word: u64, carry: u64): i32 {
  return <i32>popcnt(word & ~((word << 1) | carry));
}

/**
 * What the lattice lines between a plane and the one before it add to the Euler characteristic (the formula:
 * src/topology/eulerPlain.ts).
 *
 * @param here words of the plane, margin included
 * @param occupied its rows that hold foreground
 * @param closed 1: 26-connected foreground (rows are united), 0: 6-connected (rows are intersected)
 */
export function eulerOfPlanes(
  here: usize,
  occupied: usize,
  before: usize,
  occupiedBefore: usize,
  rowBytes: usize,
  rows: i32,
  closed: i32,
): i32 {
  let euler: i32 = 0;
  for (let row: usize = 1; row < <usize>rows; row++) {
    const own = load<u8>(occupied + row);
    const reached = closed
      ? own |
        load<u8>(occupied + row - 1) |
        load<u8>(occupiedBefore + row) |
        load<u8>(occupiedBefore + row - 1)
      : own;
    if (reached === 0) continue;
    let carry1: u64 = 0;
    let carryUp: u64 = 0;
    let carryBack: u64 = 0;
    let carry4: u64 = 0;
    for (let at = row * rowBytes; at < (row + 1) * rowBytes; at += 8) {
      const a = load<u64>(here + at);
      const b = load<u64>(here + at - rowBytes);
      const c = load<u64>(before + at);
      const d = load<u64>(before + at - rowBytes);
      const withUp = closed ? a | b : a & b;
      const withBack = closed ? a | c : a & c;
      const withAll = closed ? a | b | c | d : a & b & c & d;
      euler +=
        begun(a, carry1) - begun(withUp, carryUp) - begun(withBack, carryBack) + begun(withAll, carry4);
      carry1 = a >> 63;
      carryUp = withUp >> 63;
      carryBack = withBack >> 63;
      carry4 = withAll >> 63;
    }
  }
  return euler;
}
