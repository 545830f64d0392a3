/** Triangles of a surface: plain data, transferable between threads. */
export interface SurfaceMesh {
  /** Vertices x, y, z, x, y, z … in LPS mm. */
  readonly points: Float32Array;
  /** Unit normals of the vertices, pointing out of the mask: x, y, z … */
  readonly normals: Float32Array;
  /** Three vertex numbers per triangle, counter-clockwise seen from outside. */
  readonly triangles: Uint32Array;
}
