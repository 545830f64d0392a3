/** Red, green and blue (0 to 255) of a CSS colour `#rrggbb`. */
export function hexToRgb(color: string): [number, number, number] {
  const value = parseInt(color.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
