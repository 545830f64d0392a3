/** What a run of a net over an image took, in a process of its own. */
export interface Taken {
  readonly seconds: number;
  /** Of them, seconds outside the network. */
  readonly outside: number;
  readonly tiles: number;
  readonly skipped: number;
  readonly peakMb: number;
  readonly vesselShare: number;
}
