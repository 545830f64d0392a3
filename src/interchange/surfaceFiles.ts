import vtkCellArray from '@kitware/vtk.js/Common/Core/CellArray.js';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js';
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData.js';
import vtkSTLWriter from '@kitware/vtk.js/IO/Geometry/STLWriter.js';
import vtkXMLPolyDataWriter from '@kitware/vtk.js/IO/XML/XMLPolyDataWriter.js';
import { InputError } from '../volume/errors';
import type { SurfaceMesh } from '../volume/surface';

/** Triangles as VTK has them: before each its number of corners. */
function cellsOf(triangles: Uint32Array): Uint32Array {
  const cells = new Uint32Array((triangles.length / 3) * 4);
  for (let t = 0, c = 0; t < triangles.length; t += 3) {
    cells[c++] = 3;
    for (let corner = 0; corner < 3; corner++) cells[c++] = triangles[t + corner]!;
  }
  return cells;
}

function polyDataOf({ points, normals, triangles }: SurfaceMesh) {
  if (triangles.length === 0)
    throw new InputError('surface.empty', 'The mask has no surface; segment the series first.');
  const polyData = vtkPolyData.newInstance();
  // copies: the writer takes whole buffers, of which a mesh may hold parts
  polyData.getPoints().setData(points.slice(), 3);
  polyData.setPolys(vtkCellArray.newInstance({ values: cellsOf(triangles) }));
  polyData
    .getPointData()
    .setNormals(
      vtkDataArray.newInstance({ name: 'Normals', numberOfComponents: 3, values: normals.slice() }),
    );
  return polyData;
}

/**
 * A surface as a binary STL file: millimetres in the patient's LPS, normals of the triangles pointing outwards. STL
 * says neither unit nor frame; vtk.js rounds to six digits, a thousandth of a millimetre within a metre.
 *
 * @throws InputError `surface.empty`
 */
export function surfaceStl(mesh: SurfaceMesh): Uint8Array<ArrayBuffer> {
  // vtk.js declares that this gives poly data; it gives the file
  const file: unknown = vtkSTLWriter.writeSTL(polyDataOf(mesh));
  return new Uint8Array((file as DataView<ArrayBuffer>).buffer);
}

/**
 * A surface as a VTK XML PolyData file (.vtp) with the normals of its vertices: millimetres in the patient's LPS.
 *
 * @throws InputError `surface.empty`
 */
export function surfaceVtp(mesh: SurfaceMesh): string {
  const writer = vtkXMLPolyDataWriter.newInstance();
  return writer.write(polyDataOf(mesh));
}
