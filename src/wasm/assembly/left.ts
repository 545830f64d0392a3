/** Count the voxels of a packed mask, some of which were cleared, and keep its occupied rows up to date. */
export function countLeft(words: usize, occupied: usize, rowCount: usize, rowBytes: usize): i32 {
  let count: i32 = 0;
  for (let row: usize = 0; row < rowCount; row++) {
    if (load<u8>(occupied + row) === 0) continue;
    const w = words + row * rowBytes;
    let left: i32 = 0;
    for (let k: usize = 0; k < rowBytes; k += 8) left += <i32>popcnt(load<u64>(w + k));
    store<u8>(occupied + row, left !== 0);
    count += left;
  }
  return count;
}
