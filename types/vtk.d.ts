/** What vtk.js 36 ships without types. */
declare module '@kitware/vtk.js/IO/XML/XMLPolyDataWriter.js' {
  import type vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData.js';

  const writer: {
    newInstance(): { write(polyData: ReturnType<typeof vtkPolyData.newInstance>): string };
  };
  export default writer;
}
